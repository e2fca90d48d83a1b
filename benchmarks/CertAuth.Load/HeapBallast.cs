namespace CertAuth.Load;

/// <summary>Many small live objects, like those of a server's caches, which the garbage collector must traverse.</summary>
internal sealed class HeapBallast
{
    // Including headers: a node of 32 bytes and its array of 72.
    private const int BytesPerNode = 104;
    private const int Payload = 48;
    private const int NodesPerChain = 1000;

    private readonly Node[] _chains;

    internal HeapBallast(int megabytes)
    {
        _chains = new Node[(long)megabytes * 1024 * 1024 / (BytesPerNode * NodesPerChain)];
        for (int i = 0; i < _chains.Length; i++)
        {
            Node? chain = null;
            for (int k = 0; k < NodesPerChain; k++)
                chain = new(chain, new byte[Payload]);
            _chains[i] = chain!;
        }

        GC.Collect();
    }

    internal int Chains => _chains.Length;

    private sealed class Node(Node? next, byte[] payload)
    {
        internal Node? Next => next;

        internal byte[] Payload => payload;
    }
}
