/** The grid compared with PostgreSQL, and filled from it. */
@NullMarked
package io.citygrid.load.reconcile;

import org.jspecify.annotations.NullMarked;
