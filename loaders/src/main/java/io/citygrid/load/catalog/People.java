package io.citygrid.load.catalog;

import io.citygrid.load.identity.StableId;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;

/**
 * Names for customers, of whom the file knows a number only: Pakistani names and mobile numbers from Datafaker, and a mail
 * address in example.com, a domain in which nobody lives (RFC 2606). The same code always gives the same person.
 *
 * <p>Not for use by several threads at once.
 */
public final class People {
    private final Random random = new Random();
    private final Faker faker = new Faker(Locale.forLanguageTag("en-PK"), random);

    /** The customer with this code. */
    public Person of(String code) {
        // One Faker for all: making one costs milliseconds, seeding it again makes each person depend on the code
        // alone.
        random.setSeed(StableId.seed("customer:" + code));
        String first = faker.name().firstName();
        String last = faker.name().lastName();
        String phone = faker.phoneNumber().cellPhone();
        return new Person(first + " " + last, phone, mailbox(first + "." + last + "." + code) + "@example.com");
    }

    private static String mailbox(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.-]", "");
    }
}
