package io.citygrid.web.access;

import java.util.regex.Pattern;

/** The pages that the bar at the top leads to, in its order. */
public enum Page {
    REGISTER("/", "Register", Right.SELL, "/"),
    ORDERS("/orders", "Receipts", Right.SELL, "/orders(/[0-9a-fA-F-]{36})?"),
    DASHBOARD("/dashboard", "Dashboard", Right.REPORT, "/dashboard"),
    GRID("/grid", "Grid", Right.OPERATE, "/grid"),
    AUDIT("/audit", "Audit", Right.AUDIT, "/audit");

    private final String path;
    private final String title;
    private final Right right;
    private final Pattern addresses;

    Page(String path, String title, Right right, String addresses) {
        this.path = path;
        this.title = title;
        this.right = right;
        this.addresses = Pattern.compile(addresses);
    }

    public String path() {
        return path;
    }

    public String title() {
        return title;
    }

    public Right right() {
        return right;
    }

    /** Whether {@code address} shows this page: nothing but such an address is ever gone to after a login. */
    boolean isAt(String address) {
        return addresses.matcher(address).matches();
    }
}
