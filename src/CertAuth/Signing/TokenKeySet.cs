using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using CertAuth.Json;

namespace CertAuth.Signing;

/// <summary>The public keys with which login tokens are verified: a JWK set (RFC 7517, 5).</summary>
/// <remarks>A key that cannot be used is ignored with a warning and does not affect the other keys. Immutable; safe for concurrent use;
/// there is nothing to dispose.</remarks>
public sealed class TokenKeySet
{
    private readonly Dictionary<byte[], TokenKey> _keys;

    private TokenKeySet(Dictionary<byte[], TokenKey> keys, ImmutableArray<TokenKeyWarning> warnings)
    {
        _keys = keys;
        Warnings = warnings;
    }

    /// <summary>Gets a set without keys, which replaces a stale one.</summary>
    internal static TokenKeySet Empty { get; } = new(new(ByteArrayComparer.Instance), []);

    /// <summary>Gets the number of usable keys. It is 0 only for the empty set that replaces a stale one.</summary>
    public int Count => _keys.Count;

    /// <summary>Gets a warning for each key that is not used, in the order of the set.</summary>
    public ImmutableArray<TokenKeyWarning> Warnings { get; }

    /// <summary>Gets the <c>kid</c> of each usable key, not escaped, in ordinal order.</summary>
    internal IEnumerable<string> KeyIds => _keys.Keys.Select(Encoding.UTF8.GetString).Order(StringComparer.Ordinal);

    /// <summary>Reads a JWK set, <c>{"keys":[…]}</c>, or one JWK.</summary>
    /// <param name="json">Strict JSON in UTF-8: at most 1 MiB, 32 levels, 10,000 keys, and 128 members in each object.</param>
    /// <param name="keys">The set; null if it is rejected.</param>
    /// <param name="error">The reason why the set is rejected, with a warning for each key that cannot be used.</param>
    /// <returns>true if the set has a usable key and no other error; otherwise, false.</returns>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out TokenKeySet? keys, out TokenKeySetError error)
    {
        keys = null;
        if (json.Length > SigningBounds.MaxKeySetBytes)
        {
            error = new(TokenKeySetErrorKind.TooLarge, 0, []);
            return false;
        }

        KeyCollector collector = new();
        TokenKeySetErrorKind kind = collector.ReadSet(json);
        ImmutableArray<TokenKeyWarning> warnings = [.. collector.Warnings];
        error = kind == TokenKeySetErrorKind.None ? default : new(kind, collector.RepeatedIndex, warnings);
        if (kind == TokenKeySetErrorKind.None)
            keys = new(collector.Keys, warnings);
        return keys is not null;
    }

    /// <summary>Reads a JWK set, <c>{"keys":[…]}</c>, or one JWK.</summary>
    /// <param name="json">Strict JSON in UTF-8: at most 1 MiB, 32 levels, 10,000 keys, and 128 members in each object.</param>
    /// <exception cref="FormatException">The set is rejected. The message says why.</exception>
    public static TokenKeySet Parse(ReadOnlySpan<byte> json) => TryParse(json, out TokenKeySet? keys, out TokenKeySetError error)
        ? keys
        : throw new FormatException(error.ToString());

    /// <summary>Loads a JWK set, <c>{"keys":[…]}</c>, or one JWK.</summary>
    /// <param name="file">The path of the set: strict JSON in UTF-8, at most 1 MiB, 32 levels, 10,000 keys, and 128 members in each
    /// object.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="InvalidDataException">The set is rejected. The message names the file and the reason.</exception>
    public static TokenKeySet LoadFile(string file) => BoundedFile.Load(file, SigningBounds.MaxKeySetBytes, json =>
        TryParse(json.Span, out TokenKeySet? keys, out TokenKeySetError error)
            ? keys
            : throw new InvalidDataException($"The JWK set file {LogText.Escape(file)} cannot be loaded. {error}"));

    /// <summary>Finds the key with a <c>kid</c>; null if there is none. One lookup in a hash table.</summary>
    internal TokenKey? Find(ReadOnlySpan<byte> keyId) =>
        _keys.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(keyId, out TokenKey? key) ? key : null;

    private sealed class KeyCollector
    {
        internal Dictionary<byte[], TokenKey> Keys { get; } = new(ByteArrayComparer.Instance);

        internal List<TokenKeyWarning> Warnings { get; } = [];

        internal int RepeatedIndex { get; private set; }

        internal TokenKeySetErrorKind ReadSet(ReadOnlySpan<byte> json)
        {
            if (!JsonReader.TryOpenObject(json, SigningBounds.MaxDepth, JsonNameUniqueness.OutermostOnly, out JsonReader members))
                return TokenKeySetErrorKind.Malformed;

            JsonValue list = default;
            bool isKey = false;
            JsonReadStatus status;
            while ((status = members.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
            {
                if (JsonText.EqualsUtf8(name, "keys"u8))
                    list = value;
                isKey |= JsonText.EqualsUtf8(name, "kty"u8);
            }

            // A repeated member of a single key is a warning about that key.
            bool isSingleKey = isKey && list.Kind == JsonKind.None;
            if (isSingleKey && status is (JsonReadStatus.End or JsonReadStatus.Repeated))
                return RequireUsableKey(ReadKey(json, 0));
            if (status != JsonReadStatus.End || list.Kind != JsonKind.Array)
                return TokenKeySetErrorKind.Malformed;
            return RequireUsableKey(ReadList(list.Raw));
        }

        private TokenKeySetErrorKind ReadList(ReadOnlySpan<byte> list)
        {
            JsonReader.TryOpenArray(list, SigningBounds.MaxDepth, JsonNameUniqueness.OutermostOnly, out JsonReader elements);
            for (int index = 0; elements.ReadElement(out JsonValue element) == JsonReadStatus.Read; index++)
            {
                if (index == SigningBounds.MaxKeys)
                    return TokenKeySetErrorKind.TooLarge;
                TokenKeySetErrorKind error = ReadKey(element.Raw, index);
                if (error != TokenKeySetErrorKind.None)
                    return error;
            }

            return TokenKeySetErrorKind.None;
        }

        private TokenKeySetErrorKind ReadKey(ReadOnlySpan<byte> text, int index)
        {
            TokenKeyWarningKind kind = JwkReader.Read(text, out TokenKey? key, out string? keyId);
            if (kind != TokenKeyWarningKind.None)
                Warnings.Add(new(kind, index, keyId));
            if (key is null || Keys.TryAdd(key.KeyId, key))
                return TokenKeySetErrorKind.None;

            RepeatedIndex = index;
            return TokenKeySetErrorKind.RepeatedKeyId;
        }

        private TokenKeySetErrorKind RequireUsableKey(TokenKeySetErrorKind error) =>
            error == TokenKeySetErrorKind.None && Keys.Count == 0 ? TokenKeySetErrorKind.NoUsableKey : error;
    }
}
