package io.citygrid;
/** x. */
public final class PosApplication {
    public static void main(String[] a) {}
}
