/** What the cluster looks like: nodes, cities, and who holds which fragment. */
@NullMarked
package io.citygrid.grid.topology;

import org.jspecify.annotations.NullMarked;
