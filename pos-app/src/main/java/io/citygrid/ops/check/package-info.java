/** Checks a running system from outside: all of it, in plain words, with an exit code for scripts. */
@NullMarked
package io.citygrid.ops.check;

import org.jspecify.annotations.NullMarked;
