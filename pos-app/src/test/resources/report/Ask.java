import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Asks one question over JDBC and prints the first row, or why there is none. */
public class Ask {
    public static void main(String[] arguments) {
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                ResultSet row = connection.createStatement().executeQuery(arguments[1])) {
            row.next();
            StringBuilder text = new StringBuilder(String.valueOf(row.getObject(1)));
            for (int column = 2; column <= row.getMetaData().getColumnCount(); column++) {
                text.append('|').append(row.getObject(column));
            }
            System.out.println(text);
        } catch (SQLException refused) {
            System.out.println("refused: " + refused.getMessage());
        }
    }
}
