package intruding;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs when somebody makes it of bytes, as such things do that take over a server. Outside all packages that the grid knows. */
public final class Gadget implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** How often it ran in this process. */
    public static final AtomicInteger RUN = new AtomicInteger();

    @Serial
    private void readObject(ObjectInputStream bytes) throws IOException, ClassNotFoundException {
        bytes.defaultReadObject();
        RUN.incrementAndGet();
    }
}
