package io.citygrid.bench.cost;

/**
 * What a process, or several that belong together, spent.
 *
 * @param cpuMillis processor time
 * @param allocatedBytes heap memory asked for; 0 where there is no heap
 * @param collectionMillis time spent collecting garbage
 */
public record ProcessCost(long cpuMillis, long allocatedBytes, long collectionMillis) {
    ProcessCost minus(ProcessCost earlier) {
        return new ProcessCost(
                cpuMillis - earlier.cpuMillis,
                allocatedBytes - earlier.allocatedBytes,
                collectionMillis - earlier.collectionMillis);
    }
}
