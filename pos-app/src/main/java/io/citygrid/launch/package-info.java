/** What every role of the program needs to start and to stop: its commands, the stop signal, its log file. */
@NullMarked
package io.citygrid.launch;

import org.jspecify.annotations.NullMarked;
