package io.citygrid.security.plugin;

import java.io.Reader;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserImplFactory;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.tools.FrameworkConfig;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.util.SourceStringReader;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.processors.query.calcite.CalciteQueryProcessor;
import org.apache.ignite.internal.processors.query.calcite.sql.IgniteAbstractSqlAlterTable;
import org.apache.ignite.internal.processors.query.calcite.sql.IgniteSqlCreateIndex;
import org.apache.ignite.internal.processors.query.calcite.sql.IgniteSqlDropIndex;
import org.apache.ignite.internal.processors.query.calcite.sql.IgniteSqlKill;
import org.apache.ignite.internal.processors.query.calcite.sql.generated.IgniteSqlParserImpl;
import org.apache.ignite.plugin.security.SecurityException;
import org.apache.ignite.plugin.security.SecurityPermission;
import org.apache.ignite.plugin.security.SecuritySubject;

/**
 * SQL that Ignite 2.17 asks nobody's right for, looked at when it is parsed: KILL, changes of tables, and the views of schema SYS, which show others'
 * queries, sessions and settings. A plan is kept and not parsed again, so what SYS shows is closed for everybody; operators read it
 * with the control utility ({@code --system-view}), where a right is asked for.
 */
final class SqlGate {
    /** What tools need to find their way, and which shows nobody's doings. */
    private static final Set<String> OPEN_VIEWS = Set.of(
            "NODES",
            "NODE_ATTRIBUTES",
            "BASELINE_NODES",
            "SCHEMAS",
            "TABLES",
            "TABLE_COLUMNS",
            "VIEWS",
            "VIEW_COLUMNS",
            "INDEXES",
            "PARTITION_STATES");

    private static final Set<Class<?>> ALTERING =
            Set.of(IgniteAbstractSqlAlterTable.class, IgniteSqlCreateIndex.class, IgniteSqlDropIndex.class);

    private static final String SYSTEM_SCHEMA = "SYS";

    /** A few words of SQL with them take all of a node's memory, or a thread for ever, whatever quotas and time limits say. */
    private static final Set<String> RUNAWAY_FUNCTIONS =
            Set.of("REPEAT", "SPACE", "REGEXP_REPLACE", "XMLTRANSFORM", "EXTRACTVALUE", "EXISTSNODE");

    private SqlGate() {}

    /** The SQL engine's settings, with a parser that looks at what it parsed. */
    static FrameworkConfig frameworkConfig(GridKernalContext context) {
        FrameworkConfig usual = CalciteQueryProcessor.FRAMEWORK_CONFIG;
        SqlParserImplFactory gated = reader -> parser(reader, context);
        return Frameworks.newConfigBuilder(usual)
                .parserConfig(usual.getParserConfig().withParserFactory(gated))
                .build();
    }

    private static SqlAbstractParserImpl parser(Reader reader, GridKernalContext context) {
        Parser parser = new Parser(reader, context);
        if (reader instanceof SourceStringReader source) {
            parser.setOriginalSql(source.getSourceString());
        }
        return parser;
    }

    private static final class Parser extends IgniteSqlParserImpl {
        private final GridKernalContext context;

        Parser(Reader reader, GridKernalContext context) {
            super(reader);
            this.context = context;
        }

        @Override
        public SqlNode parseSqlStmtEof() throws Exception {
            SqlNode statement = super.parseSqlStmtEof();
            look(statement);
            return statement;
        }

        @Override
        public SqlNodeList parseSqlStmtList() throws Exception {
            SqlNodeList statements = super.parseSqlStmtList();
            statements.forEach(this::look);
            return statements;
        }

        /** The parser's own failures are reworded by its caller; a refusal goes through as it is. */
        @Override
        public SqlParseException normalizeException(Throwable failure) {
            if (failure instanceof SecurityException refused) {
                throw refused;
            }
            return super.normalizeException(failure);
        }

        private void look(SqlNode statement) {
            if (statement instanceof IgniteSqlKill) {
                refuse("KILL", "nobody may KILL by SQL; operators do it with ./pos ops --kill");
            } else if (ALTERING.stream().anyMatch(kind -> kind.isInstance(statement))) {
                requireSomeRightToAlter();
            }
            statement.accept(new TableNames(name -> {
                String view = name.get(name.size() - 1).toUpperCase(Locale.ROOT);
                boolean system = name.size() == 1
                        ? isSystemView(view)
                        : SYSTEM_SCHEMA.equalsIgnoreCase(name.get(name.size() - 2));
                if (system && !OPEN_VIEWS.contains(view)) {
                    refuse(
                            view,
                            "nobody may read " + SYSTEM_SCHEMA + "." + view
                                    + " by SQL; operators read it with ./pos ops --system-view " + view);
                }
            }));
            statement.accept(new SqlBasicVisitor<Void>() {
                @Override
                public Void visit(SqlCall call) {
                    String function = call.getOperator().getName().toUpperCase(Locale.ROOT);
                    if (RUNAWAY_FUNCTIONS.contains(function)) {
                        refuse(function, "nobody may use " + function + ": it could take a whole node");
                    }
                    return super.visit(call);
                }
            });
        }

        private void refuse(String what, String words) {
            String why = Refusal.MARK + words;
            GridDoor.of(context)
                    .audit()
                    .refused(context.security().securityContext().subject(), "sql", what, why);
            throw new SecurityException(why);
        }

        /** Which table it is, {@link DiscoveryGate} judges; but what it says, Ignite keeps from a client. */
        private void requireSomeRightToAlter() {
            SecuritySubject subject = context.security().securityContext().subject();
            if (!GridDoor.of(context).allowsSome(subject, SecurityPermission.CACHE_CREATE)) {
                context.security().authorize(SecurityPermission.CACHE_CREATE);
            }
        }

        /** A connection may have chosen the schema, so that the name stands alone. */
        private boolean isSystemView(String name) {
            return SystemViews.names(context).contains(name);
        }
    }
}
