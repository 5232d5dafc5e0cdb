package io.citygrid.launch;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in by the web app, and where it writes down what they do.
 *
 * @param users the users file; {@code null} lets everybody do everything
 * @param auditFolder of the audit log
 * @param auditName what the files of this web app's audit log begin with
 */
public record WebAccess(@Nullable Path users, Path auditFolder, String auditName) {
    /** As properties of the application. */
    List<String> properties() {
        return List.of(
                "--citygrid.users.file=" + (users == null ? "" : users),
                "--citygrid.audit.folder=" + auditFolder,
                "--citygrid.audit.name=" + auditName);
    }
}
