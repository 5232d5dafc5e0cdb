/** The sales file as it is: invoices, their lines, and the lines that could not be read. */
@NullMarked
package io.citygrid.load.invoice;

import org.jspecify.annotations.NullMarked;
