using System.Numerics;
using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Json;
using CertAuth.Keys;

namespace CertAuth.Signing;

/// <summary>Reads one JSON Web Key (RFC 7517, 4; RFC 7518, 6.2 and 6.3).</summary>
internal ref struct JwkReader
{
    // Longer than the name of each curve and algorithm.
    private const int MaxNameBytes = 16;

    private JsonValue _type;
    private JsonValue _keyId;
    private JsonValue _use;
    private JsonValue _operations;
    private JsonValue _algorithm;
    private JsonValue _curve;
    private JsonValue _n;
    private JsonValue _e;
    private JsonValue _x;
    private JsonValue _y;
    private bool _hasPrivateMembers;

    /// <summary>Reads a key.</summary>
    /// <param name="text">The JSON object.</param>
    /// <param name="key">The key; null if it cannot be used.</param>
    /// <param name="keyId">The <c>kid</c>, for warnings; null if there is none within the maximum length.</param>
    /// <returns>The reason why the key cannot be used; <see cref="TokenKeyWarningKind.None"/> if it can.</returns>
    internal static TokenKeyWarningKind Read(ReadOnlySpan<byte> text, out TokenKey? key, out string? keyId)
    {
        JwkReader reader = default;
        key = null;
        keyId = null;
        TokenKeyWarningKind kind = reader.ReadMembers(text);
        if (reader._keyId.Kind == JsonKind.String && IsKeyIdWithinLimit(reader._keyId.Raw))
            keyId = JsonText.GetString(reader._keyId.Raw);
        return kind == TokenKeyWarningKind.None ? reader.Create(out key) : kind;
    }

    /// <summary>Returns whether a <c>kid</c> has at most <see cref="SigningBounds.MaxKeyIdBytes"/> after its escapes are
    /// resolved.</summary>
    /// <param name="raw">The JSON string without its quotation marks.</param>
    internal static bool IsKeyIdWithinLimit(ReadOnlySpan<byte> raw)
    {
        if (raw.Length <= SigningBounds.MaxKeyIdBytes)
            return true;

        Span<byte> keyId = stackalloc byte[SigningBounds.MaxKeyIdBytes];
        return raw.Contains((byte)'\\') && JsonText.TryUnescape(raw, keyId, out _);
    }

    private TokenKeyWarningKind ReadMembers(ReadOnlySpan<byte> text)
    {
        if (!JsonReader.TryOpenObject(text, SigningBounds.MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader members))
            return TokenKeyWarningKind.Malformed;

        JsonReadStatus status;
        while ((status = members.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
            StoreMember(name, value);
        return status switch
        {
            JsonReadStatus.End => TokenKeyWarningKind.None,
            JsonReadStatus.Repeated => TokenKeyWarningKind.RepeatedMember,
            _ => TokenKeyWarningKind.Malformed,
        };
    }

    private void StoreMember(ReadOnlySpan<byte> name, JsonValue value)
    {
        if (JsonText.EqualsUtf8(name, "kty"u8))
            _type = value;
        else if (JsonText.EqualsUtf8(name, "kid"u8))
            _keyId = value;
        else if (JsonText.EqualsUtf8(name, "use"u8))
            _use = value;
        else if (JsonText.EqualsUtf8(name, "key_ops"u8))
            _operations = value;
        else if (JsonText.EqualsUtf8(name, "alg"u8))
            _algorithm = value;
        else if (JsonText.EqualsUtf8(name, "crv"u8))
            _curve = value;
        else if (JsonText.EqualsUtf8(name, "n"u8))
            _n = value;
        else if (JsonText.EqualsUtf8(name, "e"u8))
            _e = value;
        else if (JsonText.EqualsUtf8(name, "x"u8))
            _x = value;
        else if (JsonText.EqualsUtf8(name, "y"u8))
            _y = value;
        else
            _hasPrivateMembers |= IsPrivate(name);
    }

    // RFC 7518, 6.2.2, 6.3.2 and 6.4.1: the members of private and symmetric keys.
    private static bool IsPrivate(ReadOnlySpan<byte> name) => JsonText.EqualsUtf8(name, "d"u8) || JsonText.EqualsUtf8(name, "p"u8)
        || JsonText.EqualsUtf8(name, "q"u8) || JsonText.EqualsUtf8(name, "dp"u8) || JsonText.EqualsUtf8(name, "dq"u8)
        || JsonText.EqualsUtf8(name, "qi"u8) || JsonText.EqualsUtf8(name, "oth"u8) || JsonText.EqualsUtf8(name, "k"u8);

    private readonly TokenKeyWarningKind Create(out TokenKey? key)
    {
        key = null;
        if (_type.Kind != JsonKind.String)
            return TokenKeyWarningKind.Malformed;
        if (HasText(_type, "oct"u8))
            return TokenKeyWarningKind.Symmetric;
        if (HasText(_type, "OKP"u8))
            return TokenKeyWarningKind.EdDsa;

        bool isRsa = HasText(_type, "RSA"u8);
        if (!isRsa && !HasText(_type, "EC"u8))
            return TokenKeyWarningKind.UnsupportedType;
        if (_hasPrivateMembers)
            return TokenKeyWarningKind.PrivateMembers;

        TokenKeyWarningKind use = CheckUse();
        if (use != TokenKeyWarningKind.None)
            return use;
        if (_keyId.Kind == JsonKind.None)
            return TokenKeyWarningKind.KeyIdMissing;
        if (_keyId.Kind != JsonKind.String || !IsKeyIdWithinLimit(_keyId.Raw))
            return TokenKeyWarningKind.Malformed;

        byte[] keyId = new byte[_keyId.Raw.Length];
        JsonText.TryUnescape(_keyId.Raw, keyId, out int length);
        keyId = keyId[..length];
        return isRsa ? CreateRsa(keyId, out key) : CreateEcdsa(keyId, out key);
    }

    // RFC 7517, 4.2 and 4.3: "use" and "key_ops" are optional. If they are present, they must allow verification.
    private readonly TokenKeyWarningKind CheckUse()
    {
        if (_use.Kind is not (JsonKind.None or JsonKind.String) || _operations.Kind is not (JsonKind.None or JsonKind.Array))
            return TokenKeyWarningKind.Malformed;
        if (_use.Kind == JsonKind.String && !HasText(_use, "sig"u8))
            return TokenKeyWarningKind.WrongUse;
        return _operations.Kind == JsonKind.Array ? CheckOperations() : TokenKeyWarningKind.None;
    }

    private readonly TokenKeyWarningKind CheckOperations()
    {
        bool canVerify = false;
        JsonReader.TryOpenArray(_operations.Raw, SigningBounds.MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader operations);
        while (operations.ReadElement(out JsonValue operation) == JsonReadStatus.Read)
        {
            if (operation.Kind != JsonKind.String)
                return TokenKeyWarningKind.Malformed;
            canVerify |= HasText(operation, "verify"u8);
        }

        return canVerify ? TokenKeyWarningKind.None : TokenKeyWarningKind.WrongUse;
    }

    private readonly TokenKeyWarningKind CreateRsa(byte[] keyId, out TokenKey? key)
    {
        key = null;
        if (Decode(_n, KeyBounds.MaxRsaBits / 8 + 1) is not { } modulus || Decode(_e, sizeof(long)) is not { } exponent)
            return TokenKeyWarningKind.Malformed;

        BigInteger n = new(modulus, isUnsigned: true, isBigEndian: true);
        BigInteger e = new(exponent, isUnsigned: true, isBigEndian: true);
        if (!KeyPolicy.IsStrongRsa(n, e))
            return TokenKeyWarningKind.Weak;
        if (!TryReadAlgorithm(PublicKeyKind.Rsa, curve: null, out SignatureAlgorithm algorithm))
            return TokenKeyWarningKind.AlgorithmMismatch;

        // A Base64urlUInt has no leading zeros (RFC 7518, 2), but some libraries write one (6.3.1.1). They are removed.
        RSAParameters parameters = new()
        {
            Modulus = modulus.AsSpan().TrimStart((byte)0).ToArray(),
            Exponent = exponent.AsSpan().TrimStart((byte)0).ToArray(),
        };
        key = new(keyId, PublicKeyKind.Rsa, curve: null, algorithm, () => VerificationKey.ImportOrNull(parameters));
        return TokenKeyWarningKind.None;
    }

    private readonly TokenKeyWarningKind CreateEcdsa(byte[] keyId, out TokenKey? key)
    {
        key = null;
        if (_curve.Kind != JsonKind.String)
            return TokenKeyWarningKind.Malformed;

        Span<byte> name = stackalloc byte[MaxNameBytes];
        NamedCurve? curve = JsonText.TryUnescape(_curve.Raw, name, out int nameLength) ? NamedCurve.FindByName(name[..nameLength]) : null;
        if (curve is null)
            return TokenKeyWarningKind.UnsupportedType;

        // RFC 7518, 6.2.1.2: a coordinate has the length of the field.
        int length = curve.FieldBytes;
        if (Decode(_x, length) is not { } x || Decode(_y, length) is not { } y || x.Length != length || y.Length != length)
            return TokenKeyWarningKind.Malformed;
        if (!TryReadAlgorithm(PublicKeyKind.Ec, curve, out SignatureAlgorithm algorithm))
            return TokenKeyWarningKind.AlgorithmMismatch;
        if (!curve.Contains(x, y))
            return TokenKeyWarningKind.PointNotOnCurve;

        ECParameters parameters = new() { Curve = curve.Curve, Q = new() { X = x, Y = y } };
        key = new(keyId, PublicKeyKind.Ec, curve, algorithm, () => VerificationKey.ImportOrNull(parameters));
        return TokenKeyWarningKind.None;
    }

    // RFC 7517, 4.4: "alg" is optional. Returns true and None if it is absent, and false if it is not supported or does not fit the key.
    private readonly bool TryReadAlgorithm(PublicKeyKind kind, NamedCurve? curve, out SignatureAlgorithm algorithm)
    {
        algorithm = SignatureAlgorithm.None;
        if (_algorithm.Kind == JsonKind.None)
            return true;

        Span<byte> name = stackalloc byte[MaxNameBytes];
        SignatureScheme? scheme = _algorithm.Kind == JsonKind.String && JsonText.TryUnescape(_algorithm.Raw, name, out int length)
            ? SignatureScheme.FindByName(name[..length])
            : null;
        algorithm = scheme?.Algorithm ?? SignatureAlgorithm.None;
        return scheme is not null && scheme.Key == kind && scheme.Curve == curve;
    }

    private static byte[]? Decode(JsonValue value, int maxBytes)
    {
        if (value.Kind != JsonKind.String || value.Raw.IsEmpty)
            return null;

        // Characters may be escaped (RFC 8259, 7).
        ReadOnlySpan<byte> text = value.Raw;
        if (text.Contains((byte)'\\'))
        {
            byte[] unescaped = new byte[(maxBytes + 1) * 4 / 3];
            if (!JsonText.TryUnescape(text, unescaped, out int length))
                return null;
            text = unescaped.AsSpan(0, length);
        }

        if (StrictBase64Url.GetDecodedLength(text.Length) > maxBytes)
            return null;

        byte[] bytes = new byte[maxBytes];
        return StrictBase64Url.TryDecode(text, bytes, out int written) ? bytes[..written] : null;
    }

    private static bool HasText(JsonValue value, ReadOnlySpan<byte> text) =>
        value.Kind == JsonKind.String && JsonText.EqualsUtf8(value.Raw, text);
}
