package io.citygrid.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one target answered Prometheus: its samples in the order in which it gave them. */
record Scrape(List<Sample> samples) {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One number. */
    record Sample(String name, Map<String, String> labels, double value) {
        /** As Prometheus writes a series. */
        String series() {
            StringBuilder text = new StringBuilder(name).append('{');
            labels.forEach((label, content) -> text.append(text.charAt(text.length() - 1) == '{' ? "" : ",")
                    .append(label)
                    .append("=\"")
                    .append(content)
                    .append('"'));
            return text.append('}').toString();
        }
    }

    /** @param target labels that Prometheus adds: the job and the instance */
    static Scrape of(String text, Map<String, String> target) {
        List<Sample> samples = new ArrayList<>();
        text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            Matcher sample = LINE.matcher(line);
            if (!sample.matches()) {
                throw new IllegalArgumentException("not a sample: " + line);
            }
            Map<String, String> labels = new TreeMap<>(target);
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            String value = sample.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity");
            samples.add(new Sample(sample.group(1), labels, Double.parseDouble(value)));
        });
        return new Scrape(samples);
    }

    /** The values of {@code name} in samples that have all of {@code labels}, written as name and value in turns. */
    List<Double> values(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> {
                    for (int i = 0; i < labels.length; i += 2) {
                        if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                            return false;
                        }
                    }
                    return true;
                })
                .map(Sample::value)
                .toList();
    }

    Scrape plus(Scrape other) {
        List<Sample> both = new ArrayList<>(samples);
        both.addAll(other.samples);
        return new Scrape(both);
    }
}
