package io.citygrid.security.plugin;

import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.managers.discovery.CustomMessageWrapper;
import org.apache.ignite.internal.managers.discovery.DiscoveryCustomMessage;
import org.apache.ignite.spi.discovery.DiscoverySpiCustomMessage;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;

/**
 * Discovery, with a gate at the one place through which every change of the whole cluster goes. Ignite 2.17 authorises neither
 * CREATE and DROP INDEX nor ALTER TABLE nor some other changes; here they are, when they come from somebody else than a node.
 */
public final class GatedDiscoverySpi extends TcpDiscoverySpi {
    @Override
    public void sendCustomEvent(DiscoverySpiCustomMessage message) {
        GridKernalContext context = ((IgniteEx) ignite).context();
        if (context.security().enabled()
                && !context.security().isDefaultContext()
                && message instanceof CustomMessageWrapper wrapper) {
            DiscoveryCustomMessage change = wrapper.delegate();
            DiscoveryGate.authorize(context, change);
        }
        super.sendCustomEvent(message);
    }
}
