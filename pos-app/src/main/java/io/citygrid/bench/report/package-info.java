/** What a run measured, as numbers, tables and plots. */
@NullMarked
package io.citygrid.bench.report;

import org.jspecify.annotations.NullMarked;
