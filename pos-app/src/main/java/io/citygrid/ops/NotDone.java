package io.citygrid.ops;

/** Why an operator's command was refused or did not get to its end, in sentences that say what to do. */
final class NotDone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotDone(String why) {
        super(why);
    }
}
