package io.citygrid.security.plugin;

import java.lang.reflect.Field;
import java.util.Set;
import org.apache.ignite.IgniteException;
import org.apache.ignite.internal.processors.odbc.ClientListenerProtocolVersion;
import org.apache.ignite.internal.processors.odbc.jdbc.JdbcConnectionContext;

/**
 * JDBC as it was before 2.5, which knows no login. Ignite 2.17 still speaks it, asks for no login then, and lets such a connection
 * do everything, as if it were the node itself.
 */
final class OldProtocols {
    private static final ClientListenerProtocolVersion FIRST_WITH_LOGIN = ClientListenerProtocolVersion.create(2, 5, 0);

    private OldProtocols() {}

    /**
     * Nodes of this process do not speak it from now on.
     *
     * @throws IgniteException if this is another Ignite, which may still let them in
     */
    static void refuse() {
        try {
            Field field = JdbcConnectionContext.class.getDeclaredField("SUPPORTED_VERS");
            field.setAccessible(true);
            @SuppressWarnings("unchecked")
            Set<ClientListenerProtocolVersion> spoken = (Set<ClientListenerProtocolVersion>) field.get(null);
            spoken.removeIf(version -> version.compareTo(FIRST_WITH_LOGIN) < 0);
        } catch (ReflectiveOperationException another) {
            throw new IgniteException("this Ignite may let in JDBC without a login", another);
        }
    }
}
