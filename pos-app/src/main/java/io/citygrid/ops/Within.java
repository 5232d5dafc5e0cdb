package io.citygrid.ops;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as operators write it: 90s, 5m, 1h. */
final class Within implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        if (!text.matches("[1-9][0-9]{0,4}[smh]")) {
            throw new TypeConversionException("'" + text + "' is no time: write 90s, 5m or 1h");
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
