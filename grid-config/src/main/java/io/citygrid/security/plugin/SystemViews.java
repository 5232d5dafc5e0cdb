package io.citygrid.security.plugin;

import java.util.HashSet;
import java.util.Set;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.processors.metric.impl.MetricUtils;

/** The names of Ignite's views of itself, as SQL writes them. */
final class SystemViews {
    private SystemViews() {}

    static Set<String> names(GridKernalContext context) {
        Set<String> names = new HashSet<>();
        context.systemView().forEach(view -> names.add(MetricUtils.toSqlName(view.name())));
        return names;
    }
}
