/** What a system spends on what it does. */
@NullMarked
package io.citygrid.bench.cost;

import org.jspecify.annotations.NullMarked;
