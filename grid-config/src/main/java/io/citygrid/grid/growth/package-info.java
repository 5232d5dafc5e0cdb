/** How a running grid gets cities and nodes, and lets nodes go, without anybody noticing. */
@NullMarked
package io.citygrid.grid.growth;

import org.jspecify.annotations.NullMarked;
