package io.citygrid.demo;

import io.citygrid.grid.node.NodeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Each node in a process of its own, supervised: what {@code kill -9} does to one of them is what a crash would do. */
public final class NodesInProcesses implements DemoNodes {
    private static final Duration SERVING_WITHIN = Duration.ofSeconds(120);

    private final List<SupervisedNode> nodes;

    NodesInProcesses(List<NodeSettings> settings, Path temporary, Consumer<String> tell) {
        this(settings, NodeCommandLine.SMALL, temporary, tell);
    }

    /**
     * Starts nothing yet.
     *
     * @param memory options of each node's JVM for its heap and its collector
     * @param temporary for temporary files; must exist
     * @param tell is told of nodes that die and return, in sentences
     */
    public NodesInProcesses(List<NodeSettings> settings, List<String> memory, Path temporary, Consumer<String> tell) {
        this.nodes = settings.stream()
                .map(node -> new SupervisedNode(node, memory, temporary, tell))
                .toList();
    }

    @Override
    public void start() {
        nodes.forEach(SupervisedNode::start);
        nodes.forEach(node -> node.awaitServing(SERVING_WITHIN));
    }

    @Override
    public void close() {
        nodes.forEach(SupervisedNode::stop);
        nodes.forEach(SupervisedNode::awaitStopped);
    }
}
