package io.citygrid.grid.check;

/** What can be wrong, and what to do about it. */
public enum Trouble {
    NODES(
            "Nodes",
            "Start the nodes that are away. One that is gone for good is taken out with ./pos ops remove-node NAME, after "
                    + "the others hold enough copies."),
    LOST(
            "Fragments without a living copy",
            "Start the nodes that have them on their disks, then stop all nodes and start them again. Do not use "
                    + "reset_lost_partitions: it may bring back an older copy."),
    SHUT(
            "Stores that do not sell",
            "Stores that are being compared with PostgreSQL open by themselves. For one that is shut, settle what is said, then "
                    + "run ./pos load reconcile."),
    AWAY(
            "Fragments away from their city",
            "They come home by themselves when the city's own nodes are back and have their copies."),
    RECEIPTS(
            "Receipts",
            "The grid has lost rows or has too many: look whether PostgreSQL has them. ./pos load reconcile takes over what it has; "
                    + "what neither has comes back from a snapshot."),
    COUNTERS(
            "Receipt numbers",
            "Do not let the store sell before this is settled, or a number is used twice: ./pos load reconcile first; if "
                    + "it says nothing, put the counter right by hand in a transaction."),
    MONEY(
            "Money",
            "Somebody or something changed an order that was sold. Compare it with PostgreSQL and the paper receipt; ./pos load "
                    + "reconcile takes over what is newer there."),
    ORDER_IDS(
            "Order ids",
            "A register that asks again could sell twice, or be shown another's receipt: ./pos load reconcile first; what stays is for "
                    + "a person."),
    STOCK(
            "Stock",
            "Compare with PostgreSQL by ./pos load reconcile; if both say the same, count the shelf and book the difference as ADJUSTED."),
    COPIES(
            "Copies that differ",
            "Stop the node whose copy is wrong, empty its data folder (DIR/nodes/NAME/db) and start it again: it gets its copies anew "
                    + "from the others. Do one node after the other, and run this again before the next."),
    POSTGRES(
            "Grid and PostgreSQL differ",
            "Run ./pos load reconcile: it takes over what is newer, row by row, and says what it cannot settle."),
    CENTRAL(
            "Order ids at head office",
            "They travel by themselves about a second after each sale; if they do not, POST /api/replication/retry and the replication "
                    + "log say why."),
    WAREHOUSE("Warehouse", "Run ./pos load warehouse --rebuild for the city."),
    SUMS("Sums for reports", "Run ./pos load reconcile for the city: it works the sums out anew from the orders."),
    OUTBOX(
            "Rows that wait for a database",
            "They are told by themselves while the database answers. If they wait for long, look at the replication log on /grid; "
                    + "./pos load reconcile says which rows it does not take."),
    DATABASES(
            "Databases",
            "Start the database, or mend the way to it; stores sell meanwhile and what it misses is told when it answers. Then run "
                    + "this again."),
    SETTINGS(
            "Unsafe databases",
            "Switch fsync, full_page_writes and synchronous_commit on (ALTER SYSTEM, then pg_reload_conf()), or a confirmed sale can "
                    + "be lost in a power cut."),
    CLOCKS("Clocks", "Have all servers take their time from the same source (chrony, systemd-timesyncd)."),
    UNSEEN("What could not be looked at", "Run this again; if it stays, look at the log of the node.");

    private final String title;
    private final String advice;

    Trouble(String title, String advice) {
        this.title = title;
        this.advice = advice;
    }

    /** A heading. */
    public String title() {
        return title;
    }

    /** What to do about it, in sentences. */
    public String advice() {
        return advice;
    }
}
