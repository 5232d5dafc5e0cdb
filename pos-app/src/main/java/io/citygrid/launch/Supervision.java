package io.citygrid.launch;

import java.util.Map;

/** Whether whoever started this process promised to start it again when it exits with {@link StopSignal#START_AGAIN}. */
public final class Supervision {
    /** Set in a process's environment by its supervisor. */
    private static final String VARIABLE = "CITYGRID_SUPERVISED";

    private Supervision() {}

    /** Promises it to a process that is about to be started with {@code environment}. */
    public static void promise(Map<String, String> environment) {
        environment.put(VARIABLE, "yes");
    }

    static boolean isPromised() {
        return "yes".equals(System.getenv(VARIABLE));
    }
}
