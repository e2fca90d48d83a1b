using System.Text;
using CertAuth.Forwarding;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.EndToEnd.Tests.Protocol;

public sealed class LoginPacketTests
{
    private static readonly byte[] s_challenge = [.. Enumerable.Range(1, Bounds.Challenge).Select(i => (byte)i)];

    [Fact]
    public void Handshake_RoundTrips()
    {
        ServerHandshake written = new("8.0.11", 7, s_challenge, Capabilities.Offered, Responses.NativePassword);
        ServerHandshake.Read(written.Write(), out ServerHandshake? read).Should().Be(PacketError.None);
        (read! with { Challenge = default }).Should().Be(written with { Challenge = default });
        read.Challenge.ToArray().Should().Equal(s_challenge);
    }

    [Fact]
    public void Response_RoundTrips()
    {
        HandshakeResponse written = LoginPackets.Response(
            "u1", new ConnectionAttribute("_os", "Linux"), new ConnectionAttribute("empty", ""));
        HandshakeResponse.Read(written.Write(), out HandshakeResponse? read).Should().Be(PacketError.None);
        (read!.User, read.Plugin).Should().Be(("u1", Responses.NativePassword));
        read.Attributes.Select(a => $"{Text(a.Name)}={Text(a.Value)}").Should().Equal("_os=Linux", "empty=");
    }

    [Fact]
    public void ChangeUser_RoundTrips()
    {
        ChangeUserRequest written = new()
        {
            User = "u2",
            Authentication = new byte[] { 1, 2, 3 },
            Database = "information_schema",
            CharacterSet = 45,
            Plugin = Responses.NativePassword,
            Attributes = [new("a", "b")],
        };
        ChangeUserRequest.Read(written.Write(Capabilities.Offered), Capabilities.Offered, out var read).Should().Be(PacketError.None);
        (read!.User, read.Database, read.Authentication.Length).Should().Be(("u2", "information_schema", 3));
        read.Attributes.Should().ContainSingle();
    }

    // A packet truncated at any position is rejected without an exception.
    [Fact]
    public void TruncatedPackets_AreRejected()
    {
        byte[] response = LoginPackets.Response("u1", new ConnectionAttribute("_os", "Linux")).Write();
        byte[] handshake = new ServerHandshake("8.0.11", 7, s_challenge, Capabilities.Offered, Responses.NativePassword).Write();
        for (int length = 0; length < response.Length; length++)
            HandshakeResponse.Read(response.AsMemory(0, length), out _).Should().NotBe(PacketError.None);
        for (int length = 0; length < handshake.Length; length++)
            ServerHandshake.Read(handshake.AsMemory(0, length), out _).Should().NotBe(PacketError.None);
    }

    [Fact]
    public void Response_WithTrailingBytes_IsRejected()
    {
        byte[] response = [.. LoginPackets.Response().Write(), 0];
        HandshakeResponse.Read(response, out _).Should().Be(PacketError.Leftover);
    }

    [Fact]
    public void Response_OfTheOldProtocol_IsRejected()
    {
        byte[] response = (LoginPackets.Response() with { Capabilities = Capabilities.LongPassword }).Write();
        HandshakeResponse.Read(response, out _).Should().Be(PacketError.Unsupported);
    }

    [Fact]
    public void Response_WithTooManyAttributes_IsRejected()
    {
        ConnectionAttribute[] many = [.. Enumerable.Repeat(new ConnectionAttribute("a", "b"), Bounds.AttributeCount + 1)];
        HandshakeResponse.Read(LoginPackets.Response("u1", many).Write(), out _).Should().Be(PacketError.TooManyAttributes);
    }

    [Fact]
    public void Response_WithALongUserName_IsRejected()
    {
        byte[] response = LoginPackets.Response(new string('u', Bounds.UserName + 1)).Write();
        HandshakeResponse.Read(response, out _).Should().Be(PacketError.FieldTooLong);
    }

    // Arbitrary bytes give a result and never an exception.
    [Fact]
    public void RandomPackets_NeverThrow()
    {
        Random random = new(20_261_120);
        byte[] good = LoginPackets.Response("u1", new ConnectionAttribute("_os", "Linux")).Write();
        for (int round = 0; round < 20_000; round++)
        {
            byte[] payload = [.. good];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
            Assert.Equal(HandshakeResponse.Read(payload, out HandshakeResponse? response) == PacketError.None, response is not null);
            PacketError change = ChangeUserRequest.Read(payload, (Capabilities)random.Next(), out ChangeUserRequest? request);
            (request is not null).Should().Be(change == PacketError.None);
            Assert.Equal(ServerHandshake.Read(payload, out ServerHandshake? handshake) == PacketError.None, handshake is not null);
        }
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
