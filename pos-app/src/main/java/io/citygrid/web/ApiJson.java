package io.citygrid.web;

import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How JSON is read and written: unknown members are passed over, but nothing is guessed. A quantity of 1.5, a product "7" or a
 * member given twice is refused instead of being made to fit, because a wrong guess sells the wrong thing.
 */
@Configuration(proxyBeanMethods = false)
public class ApiJson {
    /** A basket of 200 lines needs a twentieth of this. */
    static final int BODY_BYTES_MAX = 256 << 10;

    private static final int NESTING_MAX = 32;
    private static final int NUMBER_LENGTH_MAX = 40;

    @Bean
    JsonFactoryBuilderCustomizer boundedInput() {
        return ApiJson::bound;
    }

    @Bean
    JsonMapperBuilderCustomizer exactValues() {
        return ApiJson::exact;
    }

    private static void bound(JsonFactoryBuilder factory) {
        factory.streamReadConstraints(StreamReadConstraints.builder()
                .maxDocumentLength(BODY_BYTES_MAX)
                .maxNestingDepth(NESTING_MAX)
                .maxNumberLength(NUMBER_LENGTH_MAX)
                .build());
    }

    private static void exact(JsonMapper.Builder mapper) {
        mapper.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);
    }
}
