package io.citygrid.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Ends the shared grid before a test that does not use it: such tests start grids of their own and need the machine. */
public final class SharedGridEnd implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        if (!SharedGrid.isUsedBy(context.getRequiredTestClass())) {
            SharedGrid.end(context);
        }
    }
}
