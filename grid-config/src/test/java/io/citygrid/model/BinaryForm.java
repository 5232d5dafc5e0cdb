package io.citygrid.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ignite.binary.BinaryObject;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.internal.binary.BinaryCachingMetadataHandler;
import org.apache.ignite.internal.binary.BinaryContext;
import org.apache.ignite.internal.binary.BinaryMarshaller;
import org.apache.ignite.internal.binary.BinaryObjectImpl;
import org.apache.ignite.lang.IgnitePredicate;
import org.apache.ignite.logger.NullLogger;
import org.apache.ignite.marshaller.MarshallerContext;
import org.apache.ignite.marshaller.jdk.JdkMarshaller;

/** What Ignite's binary marshaller makes of a key or value, without a node. */
final class BinaryForm {
    private final BinaryMarshaller marshaller = new BinaryMarshaller();

    BinaryForm() {
        IgniteConfiguration configuration = new IgniteConfiguration();
        marshaller.setContext(new TypeNames());
        marshaller.setBinaryContext(
                new BinaryContext(BinaryCachingMetadataHandler.create(), configuration, new NullLogger()),
                configuration);
    }

    /** {@code row} as the grid stores it. */
    BinaryObject of(Object row) {
        BinaryContext context = marshaller.binaryMarshaller().context();
        return new BinaryObjectImpl(context, marshaller.binaryMarshaller().marshal(row, false), 0);
    }

    /** {@code row} with one field changed past its constructor, as an SQL statement can. */
    BinaryObject changed(Object row, String field, Object value) {
        return of(row).toBuilder().setField(field, value).build();
    }

    /** Which class a type id stands for; a cluster keeps it in its metadata. */
    private static final class TypeNames implements MarshallerContext {
        private final Map<Integer, String> names = new ConcurrentHashMap<>();

        @Override
        public boolean registerClassName(byte platform, int typeId, String name) {
            names.put(typeId, name);
            return true;
        }

        @Override
        public boolean registerClassName(byte platform, int typeId, String name, boolean failIfUnregistered) {
            return registerClassName(platform, typeId, name);
        }

        @Override
        public boolean registerClassNameLocally(byte platform, int typeId, String name) {
            return registerClassName(platform, typeId, name);
        }

        @Override
        public Class<?> getClass(int typeId, ClassLoader loader) throws ClassNotFoundException {
            return Class.forName(getClassName((byte) 0, typeId));
        }

        @Override
        public String getClassName(byte platform, int typeId) throws ClassNotFoundException {
            String name = names.get(typeId);
            if (name == null) {
                throw new ClassNotFoundException("type " + typeId);
            }
            return name;
        }

        @Override
        public boolean isSystemType(String name) {
            return name.startsWith("org.apache.ignite.") || name.startsWith("java.");
        }

        @Override
        public IgnitePredicate<String> classNameFilter() {
            return null;
        }

        @Override
        public JdkMarshaller jdkMarshaller() {
            return new JdkMarshaller();
        }
    }
}
