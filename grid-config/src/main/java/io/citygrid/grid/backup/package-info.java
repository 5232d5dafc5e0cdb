/** Backups: what is written down of the whole grid and its databases, and how it is brought back. */
@NullMarked
package io.citygrid.grid.backup;

import org.jspecify.annotations.NullMarked;
