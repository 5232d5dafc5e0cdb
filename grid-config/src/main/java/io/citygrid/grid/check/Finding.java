package io.citygrid.grid.check;

/** One thing that a check found. */
public final class Finding {
    /** How bad it is. */
    public enum Weight {
        /** It must not be so. */
        WRONG,
        /** It could not be found out whether something is wrong. */
        UNCHECKED,
        /** It may be so for a while, and is worth knowing. */
        NOTE
    }

    private final Weight weight;
    private final Trouble trouble;
    private final String sentence;

    /** @param sentence for people, without a full stop; where it is comes first */
    public Finding(Weight weight, Trouble trouble, String sentence) {
        this.weight = weight;
        this.trouble = trouble;
        this.sentence = sentence;
    }

    public Weight weight() {
        return weight;
    }

    public Trouble trouble() {
        return trouble;
    }

    public String sentence() {
        return sentence;
    }

    @Override
    public String toString() {
        return weight + " " + trouble + ": " + sentence;
    }
}
