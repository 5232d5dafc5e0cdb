# The one program of CityGrid POS: `node` is a grid node, `app` the web application, `load`, `sql` and `ops takeover` are tools.

FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /source
COPY pom.xml ./
COPY .mvn .mvn
COPY grid-config grid-config
COPY loaders loaders
COPY pos-app pos-app
# What Maven downloads is kept for the next build.
RUN --mount=type=cache,target=/root/.m2 mvn -q -B -ntp -Dstyle.color=never -DskipTests package

FROM eclipse-temurin:17.0.16_8-jre-jammy
# Numbers, because secrets and volumes on the host are given to numbers. A new volume on /data takes its owner from here.
RUN groupadd --gid 10001 citygrid \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin citygrid \
    && install -d -o 10001 -g 10001 -m 0750 /data
COPY --from=build /source/pos-app/target/citygrid-pos-exec.jar /citygrid/citygrid-pos.jar
COPY .mvn/ignite.jvm /citygrid/ignite.jvm
ENV CITYGRID_DATA=/data
WORKDIR /data
USER 10001:10001
# Registers and pages, metrics; and of nodes: thin clients, discovery, communication.
EXPOSE 8080 9404 10800 11800 12800
# Java is what gets the signals. Its heap is a share of the container's memory; compose says which, by JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "@/citygrid/ignite.jvm", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", "-Djava.net.preferIPv4Stack=true", "-jar", "/citygrid/citygrid-pos.jar"]
CMD ["--help"]
