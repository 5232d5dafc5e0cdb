package io.citygrid.grid.whole;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Whether the grid is whole, and if not, why. */
public final class WholeAnswer {
    /** A living data node. */
    public static final class Member {
        private final String name;
        private final UUID id;
        private final long order;
        private final boolean comesBack;

        /** @param comesBack whether somebody starts it again when it is told to leave and come back */
        public Member(String name, UUID id, long order, boolean comesBack) {
            this.name = name;
            this.id = id;
            this.order = order;
            this.comesBack = comesBack;
        }

        public String name() {
            return name;
        }

        /** Of this run of the node; after a restart it is another. */
        public UUID id() {
            return id;
        }

        /** The lower, the longer it has been there; the lowest coordinates changes of the cluster. */
        public long order() {
            return order;
        }

        public boolean comesBack() {
            return comesBack;
        }
    }

    private final ArrayList<Member> members;
    private final ArrayList<String> reasons;

    public WholeAnswer(List<Member> members, List<String> reasons) {
        this.members = new ArrayList<>(members);
        this.reasons = new ArrayList<>(reasons);
    }

    /** The living data nodes, by name. */
    public List<Member> members() {
        return Collections.unmodifiableList(members);
    }

    /** Why it is not whole, in words without a full stop; empty if it is. */
    public List<String> reasons() {
        return Collections.unmodifiableList(reasons);
    }

    public boolean whole() {
        return reasons.isEmpty();
    }
}
