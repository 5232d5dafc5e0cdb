package io.citygrid.testing;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** First the tests that share one grid, so that it need not run beside the others; else the order stays as it is. */
public final class SharedGridFirst implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparing((ClassDescriptor test) -> !SharedGrid.isUsedBy(test.getTestClass())));
    }
}
