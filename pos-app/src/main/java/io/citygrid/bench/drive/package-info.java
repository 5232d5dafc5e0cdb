/** What is asked of a system, how often, and how long it takes to answer. */
@NullMarked
package io.citygrid.bench.drive;

import org.jspecify.annotations.NullMarked;
