package io.citygrid.grid.node;

import java.util.List;

/** With a node's settings, its clock or its databases, a confirmed sale could be lost, or a wait could last for ever. */
public final class UnsafeSettings extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param reasons clauses without a full stop */
    public UnsafeSettings(List<String> reasons) {
        super("unsafe: " + String.join("; ", reasons));
    }
}
