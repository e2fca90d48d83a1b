using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using CertAuth.Json;

namespace CertAuth.Signing;

/// <summary>The public keys with which tokens are verified: a JWK Set (RFC 7517, 5).</summary>
/// <remarks>Keys that can't be used are passed over with a warning and do no harm to their neighbours. Immutable; safe for concurrent use; nothing to
/// dispose.</remarks>
public sealed class TokenKeySet
{
    /// <summary>Largest set, in octets.</summary>
    internal const int MaxBytes = 1024 * 1024;

    /// <summary>Most keys of a set, usable or not.</summary>
    internal const int MaxKeys = 10_000;

    private const int MaxShownWarnings = 5;

    private readonly Dictionary<byte[], TokenKey> _keys;

    private TokenKeySet(Dictionary<byte[], TokenKey> keys, ImmutableArray<TokenKeyWarning> warnings)
    {
        _keys = keys;
        Warnings = warnings;
    }

    /// <summary>What is in use when no set could be read for too long: a set of no key.</summary>
    internal static TokenKeySet Empty { get; } = new(new(ByteArrayComparer.Instance), []);

    /// <summary>How many keys can be used; at least one, but where no set could be read for too long.</summary>
    public int Count => _keys.Count;

    /// <summary>The <c>kid</c> of each, in order.</summary>
    internal IEnumerable<string> KeyIds => _keys.Keys.Select(Encoding.UTF8.GetString).Order(StringComparer.Ordinal);

    /// <summary>The keys that were passed over, in order.</summary>
    public ImmutableArray<TokenKeyWarning> Warnings { get; }

    /// <summary>Reads a set, <c>{"keys":[…]}</c>, or one bare key.</summary>
    /// <param name="json">Strict JSON in UTF-8, at most 1 MiB and 32 deep, with at most 10,000 keys and 128 members in one object.</param>
    /// <param name="keys">The set, or null.</param>
    /// <param name="error">Why it is refused; None on success.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out TokenKeySet? keys, out KeySetErrorKind error) =>
        TryParse(json, out keys, out error, out _);

    /// <summary>Reads a set, as above.</summary>
    /// <param name="json">Strict JSON in UTF-8, at most 1 MiB and 32 deep, with at most 10,000 keys and 128 members in one object.</param>
    /// <param name="keys">The set, or null.</param>
    /// <param name="error">Why it is refused; None on success.</param>
    /// <param name="warnings">The keys that were passed over, also where the set is refused.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out TokenKeySet? keys, out KeySetErrorKind error, out ImmutableArray<TokenKeyWarning> warnings)
    {
        keys = null;
        warnings = [];
        if (json.Length > MaxBytes)
        {
            error = KeySetErrorKind.TooLarge;
            return false;
        }

        KeyCollector collector = new();
        error = collector.ReadSet(json);
        warnings = [.. collector.Warnings];
        if (error == KeySetErrorKind.None)
            keys = new(collector.Keys, warnings);
        return keys is not null;
    }

    /// <summary>Reads a set, as <see cref="TryParse(ReadOnlySpan{byte}, out TokenKeySet, out KeySetErrorKind)"/> does.</summary>
    /// <exception cref="FormatException">The set is refused; the message says why.</exception>
    public static TokenKeySet Parse(ReadOnlySpan<byte> json) => TryParse(json, out TokenKeySet? keys, out KeySetErrorKind error, out var warnings)
        ? keys
        : throw new FormatException(Describe(error, warnings));

    /// <summary>Why a set is rejected, and the first of the keys that cannot be used: one line for a log.</summary>
    internal static string Describe(KeySetErrorKind error, ImmutableArray<TokenKeyWarning> warnings)
    {
        string sentence = error switch
        {
            KeySetErrorKind.TooLarge => "The key set is over a limit (1 MiB, 10,000 keys).",
            KeySetErrorKind.Malformed =>
                "The key set is not strict JSON with a \"keys\" array (RFC 7517, 5), or one key, at most 32 levels deep.",
            KeySetErrorKind.RepeatedKeyId => "Two usable keys of the key set have the same kid.",
            KeySetErrorKind.NoUsableKey => "The key set has no usable key.",
            _ => $"The key set has error {(int)error}.",
        };
        if (warnings.IsEmpty)
            return sentence;

        string more = warnings.Length > MaxShownWarnings ? $"; and {warnings.Length - MaxShownWarnings} more" : "";
        return $"{sentence} Unusable keys: {string.Join("; ", warnings.Take(MaxShownWarnings))}{more}.";
    }

    /// <summary>The key of a <c>kid</c>, or null. The time doesn't grow with the set.</summary>
    internal TokenKey? Find(ReadOnlySpan<byte> keyId) =>
        _keys.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(keyId, out TokenKey? key) ? key : null;

    private sealed class KeyCollector
    {
        internal Dictionary<byte[], TokenKey> Keys { get; } = new(ByteArrayComparer.Instance);

        internal List<TokenKeyWarning> Warnings { get; } = [];

        internal KeySetErrorKind ReadSet(ReadOnlySpan<byte> json)
        {
            if (!JsonReader.TryOpenObject(json, JwkReader.MaxDepth, JsonNameUniqueness.OutermostOnly, out JsonReader members))
                return KeySetErrorKind.Malformed;

            JsonValue list = default;
            bool isKey = false;
            JsonReadStatus step;
            while ((step = members.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
            {
                if (JsonText.EqualsUtf8(name, "keys"u8))
                    list = value;
                isKey |= JsonText.EqualsUtf8(name, "kty"u8);
            }

            bool isBareKey = isKey && list.Kind == JsonKind.None;
            if (isBareKey && step is (JsonReadStatus.End or JsonReadStatus.Repeated))
                return Complete(ReadKey(json, 0));
            if (step != JsonReadStatus.End || list.Kind != JsonKind.Array)
                return KeySetErrorKind.Malformed;
            return Complete(ReadList(list.Raw));
        }

        private KeySetErrorKind ReadList(ReadOnlySpan<byte> list)
        {
            JsonReader.TryOpenArray(list, JwkReader.MaxDepth, JsonNameUniqueness.OutermostOnly, out JsonReader elements);
            for (int index = 0; elements.ReadElement(out JsonValue element) == JsonReadStatus.Read; index++)
            {
                if (index == MaxKeys)
                    return KeySetErrorKind.TooLarge;
                KeySetErrorKind error = ReadKey(element.Raw, index);
                if (error != KeySetErrorKind.None)
                    return error;
            }

            return KeySetErrorKind.None;
        }

        private KeySetErrorKind ReadKey(ReadOnlySpan<byte> text, int index)
        {
            TokenKeyWarningKind kind = JwkReader.Read(text, out TokenKey? key, out string? keyId);
            if (kind != TokenKeyWarningKind.None)
                Warnings.Add(new(kind, index, keyId));
            return key is null || Keys.TryAdd(key.KeyId, key) ? KeySetErrorKind.None : KeySetErrorKind.RepeatedKeyId;
        }

        private KeySetErrorKind Complete(KeySetErrorKind error) =>
            error == KeySetErrorKind.None && Keys.Count == 0 ? KeySetErrorKind.NoUsableKey : error;
    }
}
