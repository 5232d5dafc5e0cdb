package io.citygrid.grid.cost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The costs of all nodes that answered, by name of the node. */
public final class NodeCosts {
    private final ArrayList<NodeCost> nodes;
    private final ArrayList<String> silent;

    public NodeCosts(List<NodeCost> nodes, List<String> silent) {
        this.nodes = new ArrayList<>(nodes);
        this.silent = new ArrayList<>(silent);
    }

    public List<NodeCost> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** Names of the nodes that did not answer in time. */
    public List<String> silent() {
        return Collections.unmodifiableList(silent);
    }
}
