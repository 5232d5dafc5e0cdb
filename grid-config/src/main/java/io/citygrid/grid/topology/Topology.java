package io.citygrid.grid.topology;

import io.citygrid.model.status.NodeReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The cluster as one of its nodes sees it. */
public final class Topology {
    /** A node that holds data, or should. */
    public static final class Node {
        private final String name;
        private final ArrayList<Integer> cityIds;
        private final String thinAddress;
        private final boolean alive;
        private final boolean inBaseline;

        public Node(String name, List<Integer> cityIds, String thinAddress, boolean alive, boolean inBaseline) {
            this.name = name;
            this.cityIds = new ArrayList<>(cityIds);
            this.thinAddress = thinAddress;
            this.alive = alive;
            this.inBaseline = inBaseline;
        }

        public String name() {
            return name;
        }

        public List<Integer> cityIds() {
            return Collections.unmodifiableList(cityIds);
        }

        /** {@code host:port} for thin clients. */
        public String thinAddress() {
            return thinAddress;
        }

        /** Whether the node is in the cluster now. */
        public boolean alive() {
            return alive;
        }

        /** Whether the node is expected: data is placed on the nodes of the baseline. */
        public boolean inBaseline() {
            return inBaseline;
        }
    }

    /** A city fragment and the nodes that hold it. */
    public static final class Fragment {
        private final int fragment;
        private final ArrayList<String> owners;
        private final ArrayList<String> moving;
        private final Selling selling;
        private final String message;

        /**
         * @param moving those owners whose copy is still being filled
         * @param message why it does not sell; empty if it does
         */
        public Fragment(int fragment, List<String> owners, List<String> moving, Selling selling, String message) {
            this.fragment = fragment;
            this.owners = new ArrayList<>(owners);
            this.moving = new ArrayList<>(moving);
            this.selling = selling;
            this.message = message;
        }

        public int fragment() {
            return fragment;
        }

        /** Names of nodes: the primary first, then the backups; empty if no living node has a copy. */
        public List<String> owners() {
            return Collections.unmodifiableList(owners);
        }

        /** Those owners whose copy is still being filled from another's. */
        public List<String> moving() {
            return Collections.unmodifiableList(moving);
        }

        public Selling selling() {
            return selling;
        }

        /** Why its stores do not sell, as far as that is known; empty if they do. */
        public String message() {
            return message;
        }
    }

    /** Whether the stores of a fragment sell. */
    public enum Selling {
        YES,
        /** Not yet: grid and PostgreSQL are being compared. */
        SOON,
        /** Not before a person has settled what differs. */
        SHUT,
        /** All copies of it were lost, or are on nodes that are away. */
        LOST
    }

    /** What the cluster was started with, as settings spell it. */
    public static final class Choices {
        private final String survivalGoal;
        private final String writeThrough;
        private final String cityLoss;

        public Choices(String survivalGoal, String writeThrough, String cityLoss) {
            this.survivalGoal = survivalGoal;
            this.writeThrough = writeThrough;
            this.cityLoss = cityLoss;
        }

        /** {@code node}, {@code city} or {@code both}. */
        public String survivalGoal() {
            return survivalGoal;
        }

        /** {@code in-transaction}, {@code after-commit} or {@code queued}. */
        public String writeThrough() {
            return writeThrough;
        }

        /** {@code hand-over} or {@code keep-selling}. */
        public String cityLoss() {
            return cityLoss;
        }
    }

    private final Choices choices;
    private final String state;
    private final long version;
    private final ArrayList<Node> nodes;
    private final ArrayList<Fragment> fragments;
    private final ArrayList<Integer> takenOver;
    private final ArrayList<NodeReport> reports;

    public Topology(
            Choices choices,
            String state,
            long version,
            List<Node> nodes,
            List<Fragment> fragments,
            List<NodeReport> reports,
            List<Integer> takenOver) {
        this.choices = choices;
        this.state = state;
        this.version = version;
        this.nodes = new ArrayList<>(nodes);
        this.fragments = new ArrayList<>(fragments);
        this.reports = new ArrayList<>(reports);
        this.takenOver = new ArrayList<>(takenOver);
    }

    public Choices choices() {
        return choices;
    }

    /** The cluster's state, ACTIVE when it can sell. */
    public String state() {
        return state;
    }

    /** Rises whenever a node joins or leaves. */
    public long version() {
        return version;
    }

    /** Living nodes and those of the baseline that are away, by name. */
    public List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** The fragments of every city that has a row or a node. */
    public List<Fragment> fragments() {
        return Collections.unmodifiableList(fragments);
    }

    /** What the living nodes last said of the databases; a node that started just now may be missing. */
    public List<NodeReport> reports() {
        return Collections.unmodifiableList(reports);
    }

    /** Ids of cities that an operator has let other cities sell for. */
    public List<Integer> takenOver() {
        return Collections.unmodifiableList(takenOver);
    }
}
