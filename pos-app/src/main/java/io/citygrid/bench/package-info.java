/** The benchmark: this system beside those that one would have without it, in one run. */
@NullMarked
package io.citygrid.bench;

import org.jspecify.annotations.NullMarked;
