package io.citygrid.demo;

import io.citygrid.launch.WebTls;
import io.citygrid.load.cli.DemoLogins;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** What a user needs to know once the demo is ready. */
final class Welcome {
    private Welcome() {}

    static String text(DemoSettings settings, DemoKeys keys, Path folder) {
        String web = WebTls.scheme(keys.app()) + "://" + DemoSettings.HOST + ":" + settings.httpPort();
        return String.join(
                "\n",
                List.of(
                        "",
                        "  register    " + web + "/",
                        "  grid        " + web + "/grid",
                        "  REST        " + web + "/api/stores",
                        "  SQL         jdbc:ignite:thin://" + String.join(",", settings.thinAddresses()),
                        "  metrics     " + web + "/actuator/prometheus (as ops), of the nodes "
                                + (keys.used() ? "https://" : "http://")
                                + settings.metricsAddresses().get(0) + "/metrics and the ports above",
                        "  data        " + folder + " (logins for other tools: " + ConnectionsFile.NAME + ")",
                        keys.used()
                                ? "  TLS         on every port; browsers and curl (--cacert) trust "
                                        + keys.certificate()
                                : "  TLS         none (--tls)",
                        "  users       " + folder.resolve(DemoLogins.FILE) + " (role=user:password, for you alone)",
                        "  audit log   " + web + "/audit (as ops), in " + folder.resolve(Demo.AUDIT),
                        "  stop        Ctrl-C",
                        "",
                        "  a first sale, as Karachi's stores (so written, no password is seen among the processes):",
                        "  curl -s -K <(sed -n 's/^store_app=/user = /p' " + folder.resolve(DemoLogins.FILE) + ") \\",
                        "    " + (keys.used() ? "--cacert " + keys.certificate() + " " : "") + web
                                + "/api/orders -H 'Content-Type: application/json' -d '" + sale() + "'",
                        ""));
    }

    /** The id is new each time: the same id again would be answered with the receipt of the first sale. */
    private static String sale() {
        return "{\"orderId\":\"" + UUID.randomUUID() + "\",\"storeId\":1,\"customerId\":1,"
                + "\"items\":[{\"productId\":1,\"quantity\":2}],"
                + "\"payment\":{\"method\":\"CASH\",\"tendered\":500.00}}";
    }
}
