package intruding;

/** Says in a system property that it was loaded. */
public final class Loaded {
    /** A constant, so that who asks for it loads nothing. */
    public static final String NAME = "intruding.Loaded";

    static {
        System.setProperty(NAME, "true");
    }
}
