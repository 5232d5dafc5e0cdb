package io.citygrid.grid.cost;

/** What a node's process has spent since it started; two readings and what was done between them make the cost of that. */
public final class NodeCost {
    private final String node;
    private final long cpuMillis;
    private final long allocatedBytes;
    private final long collectionMillis;
    private final long messagesSent;
    private final long bytesSent;
    private final long residentDataBytes;

    /**
     * @param node its name
     * @param cpuMillis processor time of all threads
     * @param allocatedBytes heap memory asked for, as far as its threads have been looked at before they ended
     * @param collectionMillis time spent collecting garbage
     * @param messagesSent to other nodes
     * @param bytesSent to other nodes
     * @param residentDataBytes memory that the node's data takes outside of the heap
     */
    public NodeCost(
            String node,
            long cpuMillis,
            long allocatedBytes,
            long collectionMillis,
            long messagesSent,
            long bytesSent,
            long residentDataBytes) {
        this.node = node;
        this.cpuMillis = cpuMillis;
        this.allocatedBytes = allocatedBytes;
        this.collectionMillis = collectionMillis;
        this.messagesSent = messagesSent;
        this.bytesSent = bytesSent;
        this.residentDataBytes = residentDataBytes;
    }

    /** The node's name. */
    public String node() {
        return node;
    }

    public long cpuMillis() {
        return cpuMillis;
    }

    public long allocatedBytes() {
        return allocatedBytes;
    }

    public long collectionMillis() {
        return collectionMillis;
    }

    public long messagesSent() {
        return messagesSent;
    }

    public long bytesSent() {
        return bytesSent;
    }

    public long residentDataBytes() {
        return residentDataBytes;
    }
}
