package io.citygrid.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intruding.Gadget;
import intruding.Loaded;
import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.grid.client.Tasks;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.TestUsers;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.ignite.internal.binary.BinaryObjectImpl;
import org.apache.ignite.internal.binary.BinaryUtils;
import org.apache.ignite.internal.binary.GridBinaryMarshaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no driver of today sends to the port for clients, and somebody may: old protocols, and names of classes everywhere. */
@ExtendWith(SharedGrid.class)
class RawBytesIT {
    private static final byte HANDSHAKE = 1;
    private static final byte ODBC = 0;
    private static final byte JDBC = 1;
    private static final byte THIN = 2;
    private static final int ANSWERED_WITHIN_MILLIS = 10_000;

    /** They know no login, and Ignite lets them do everything. */
    @ParameterizedTest
    @CsvSource({"1, 0", "1, 5", "3, 0", "4, 0"})
    void jdbcOfProtocolsWithoutALoginIsNotLetIn(int minor, int maintenance) throws IOException {
        // Joins, order, collocation, replicated only, closing cursors, lazy, skipping the reducer.
        ByteBuffer bytes = handshake(2, minor, maintenance, JDBC).put(new byte[7]);
        assertThat(isLetIn(bytes)).isFalse();
    }

    @Test
    void odbcIsNotLetInWithTheRightPasswordEither() throws IOException {
        GridLogin analyst = TestUsers.login(Role.ANALYST);
        ByteBuffer bytes = handshake(2, 5, 0, ODBC).put(new byte[6]);
        text(bytes, analyst.user().getBytes(UTF_8));
        text(bytes, analyst.password().getBytes(UTF_8));
        assertThat(isLetIn(bytes)).isFalse();
    }

    @Test
    void whoHasNotLoggedInLoadsNoClass() throws IOException {
        byte[] name = Loaded.NAME.getBytes(UTF_8);
        ByteBuffer bytes = handshake(1, 7, 0, THIN)
                // Features: attributes of the user, of which one is a class.
                .put(GridBinaryMarshaller.BYTE_ARR)
                .putInt(1)
                .put((byte) 1)
                .put(GridBinaryMarshaller.MAP)
                .putInt(1)
                .put((byte) 1);
        text(bytes, "attribute".getBytes(UTF_8));
        bytes.put(GridBinaryMarshaller.CLASS).putInt(GridBinaryMarshaller.UNREGISTERED_TYPE_ID);
        text(bytes, name);

        assertThat(isLetIn(bytes)).isFalse();
        assertThat(System.getProperty(Loaded.NAME)).isNull();
    }

    @Test
    void nobodyLoadsAClassAsATask() throws Exception {
        try (Visitor analyst = new Visitor(address(), TestUsers.login(Role.ANALYST))) {
            assertThatThrownBy(() -> analyst.thin().compute().execute(Loaded.NAME, null))
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(System.getProperty(Loaded.NAME)).isNull();
    }

    @Test
    void noObjectIsMadeOfAClassThatTheGridDoesNotKnow() throws Exception {
        int before = Gadget.RUN.get();
        try (Visitor writer = new Visitor(address(), TestUsers.login(Role.REPLICATOR))) {
            assertThatThrownBy(() -> writer.thin().compute().execute(Tasks.PROCESS_ORDER, new Gadget()))
                    .hasMessageContaining("intruding.Gadget is not among the classes of which nodes make objects");
        }
        assertThat(Gadget.RUN.get()).isEqualTo(before);
    }

    /** Ignite's own lists are not asked for the name of a class that stands in an object itself, as with a class never registered. */
    @Test
    void noClassIsLoadedThatAnObjectNames() throws Exception {
        try (Visitor writer = new Visitor(address(), TestUsers.login(Role.REPLICATOR))) {
            BinaryObjectImpl like = (BinaryObjectImpl) writer.thin()
                    .binary()
                    .builder("Harmless")
                    .setField("field", 1)
                    .build();
            BinaryObjectImpl naming = new BinaryObjectImpl(like.context(), objectNaming(Loaded.NAME), 0);
            assertThatThrownBy(() -> writer.thin().compute().execute(Tasks.PROCESS_ORDER, naming))
                    .hasMessageContaining("Failed to load the class: " + Loaded.NAME);
        }
        assertThat(System.getProperty(Loaded.NAME)).isNull();
    }

    /** In Ignite's binary format: an object without fields and without a registered type. */
    private static byte[] objectNaming(String className) {
        byte[] name = className.getBytes(UTF_8);
        int length = GridBinaryMarshaller.DFLT_HDR_LEN + 1 + Integer.BYTES + name.length;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(GridBinaryMarshaller.OBJ)
                .put(GridBinaryMarshaller.PROTO_VER)
                .putShort(BinaryUtils.FLAG_USR_TYP)
                .putInt(GridBinaryMarshaller.UNREGISTERED_TYPE_ID)
                .putInt(0)
                .putInt(length)
                .putInt(0)
                .putInt(GridBinaryMarshaller.DFLT_HDR_LEN)
                .put(GridBinaryMarshaller.STRING)
                .putInt(name.length)
                .put(name)
                .array();
    }

    private static String address() {
        GridClientSettings settings = GridClientSettings.of(SharedGrid.grid().addresses());
        return settings.addresses().get(0);
    }

    private static ByteBuffer handshake(int major, int minor, int maintenance, byte client) {
        return ByteBuffer.allocate(256)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HANDSHAKE)
                .putShort((short) major)
                .putShort((short) minor)
                .putShort((short) maintenance)
                .put(client);
    }

    private static void text(ByteBuffer bytes, byte[] text) {
        bytes.put(GridBinaryMarshaller.STRING).putInt(text.length).put(text);
    }

    /** Whether the node answers that handshake with a yes. */
    private static boolean isLetIn(ByteBuffer handshake) throws IOException {
        String[] address = address().split(":");
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            socket.setSoTimeout(ANSWERED_WITHIN_MILLIS);
            byte[] length = ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(handshake.position())
                    .array();
            socket.getOutputStream().write(length);
            socket.getOutputStream().write(handshake.array(), 0, handshake.position());
            DataInputStream answer = new DataInputStream(socket.getInputStream());
            answer.skipNBytes(Integer.BYTES);
            return answer.readBoolean();
        } catch (EOFException | SocketException hungUp) {
            return false;
        }
    }
}
