/** Who may log in: the commands that keep the users file. */
@NullMarked
package io.citygrid.ops.user;

import org.jspecify.annotations.NullMarked;
