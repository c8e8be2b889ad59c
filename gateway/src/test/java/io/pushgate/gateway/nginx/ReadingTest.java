package io.pushgate.gateway.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadingTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a b;                  | b
          a "b c" 'd';          | b c,d
          a "}" ";" '#';        | },;,#
          a "q\\"q" 'it\\'s';   | q"q,it's
          a \\.com$ "\\.x";     | \\.com$,\\.x
          a b\\;c;              | b\\;c
          a b#c;                | b#c
          a ${x}y $z;           | ${x}y,$z
          a "${x}{";            | ${x}{
          a b"c";               | b"c"
          a (x "y");            | (x,y,)
          a "";                 | ``
          """)
  void wordsAreCutAsNginxCutsThem(String text, String words) throws Exception {
    List<Directive> read = Directive.parse(text);

    assertThat(String.join(",", read.get(0).arguments())).isEqualTo(words);
  }

  @Test
  void commentsAreLeftOut() throws Exception {
    List<Directive> read = Directive.parse("# a {\na # } ; {\n b; # c");

    assertThat(read).extracting(Directive::arguments).containsExactly(List.of("b"));
  }

  @Test
  void aBlockInLuaIsNotReadAsConfiguration() throws Exception {
    String lua = " local a = \"}\" -- }\n --[[ } ]] b = [=[ ]] } ]=] if x then y = {1} end ";

    List<Directive> read = Directive.parse("content_by_lua_block {" + lua + "} after x;");

    assertThat(read).extracting(Directive::name).containsExactly("content_by_lua_block", "after");
    assertThat(read.get(0).arguments()).containsExactly(lua);
    assertThat(read.get(1).line()).isEqualTo(2);
  }

  @Test
  void eachDirectiveKnowsItsFileAndLine() throws Exception {
    write("sites/a.conf", "\nserver {\n  listen 80;\n}\n");
    Path main = write("nginx.conf", "events {}\nhttp {\n\n  include sites/*.conf;\n}\n");

    Directive server = Configuration.read(main).servers().get(0);

    assertThat(server.line()).isEqualTo(2);
    assertThat(server.block().get(0).line()).isEqualTo(3);
    assertThat(server.file()).isEqualTo(folder.resolve("sites/a.conf").toString());
  }

  @Test
  void includesStartFromTheMainFilesFolderWhereverTheyStand() throws Exception {
    write("deep/er/one.conf", "include two.conf;");
    write("two.conf", "found here;");
    Path main = write("nginx.conf", "include deep/er/one.conf;");

    assertThat(Configuration.read(main).directives())
        .extracting(Directive::name)
        .containsExactly("found");
  }

  @Test
  void wildcardsTakeNamesInTheirOrderAndNoHiddenFile() throws Exception {
    write("b/2.conf", "two x;");
    write("a/1.conf", "one x;");
    write("a/.1.conf", "hidden x;");
    write("a/3.bak", "backup x;");
    write("c/x{1}.conf", "braces x;");
    Path main =
        write("nginx.conf", "include [ab]/*.?onf; include none/*.conf; include \"c/x{1*\";");

    assertThat(Configuration.read(main).directives())
        .extracting(Directive::name)
        .containsExactly("one", "two", "braces");
  }

  @Test
  void aMissingFileIsNamedWithThePlaceThatIncludesIt() throws Exception {
    Path main = write("nginx.conf", "a b;\ninclude missing.conf;\n");

    assertThatThrownBy(() -> Configuration.read(main))
        .isInstanceOf(NginxSyntaxException.class)
        .hasMessage("include \"missing.conf\" can't be read in %s:2", main);
  }

  @Test
  void aFileThatIncludesItselfIsRefused() throws Exception {
    Path main = write("nginx.conf", "include nginx.conf;");

    assertThatThrownBy(() -> Configuration.read(main))
        .isInstanceOf(NginxSyntaxException.class)
        .hasMessageContaining("64 blocks and includes");
  }

  @Test
  void blocksInEachOtherAreBounded() {
    assertThatThrownBy(() -> Directive.parse("a {".repeat(100_000)))
        .isInstanceOf(NginxSyntaxException.class)
        .hasMessageContaining("64 blocks and includes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a b           | unexpected end of file, expecting ";" or "}"
          a {           | unexpected end of file, expecting "}"
          }             | unexpected "}"
          ;             | unexpected ";"
          { }           | unexpected "{"
          a } ;         | unexpected "}"
          a "b          | unexpected end of file, expecting "
          a "b"c;       | unexpected "c" behind a quote
          """)
  void aSyntaxErrorSaysWhatWasFoundAndWhere(String text, String problem) {
    assertThatThrownBy(() -> Directive.parse(text))
        .isInstanceOf(NginxSyntaxException.class)
        .hasMessage(problem + " in (text):1");
  }

  @Test
  void whateverIsCutOffEndsInANamedErrorOrNone() {
    String whole =
        """
        events { worker_connections 16; }
        http {
          map $http_upgrade $c { default "up grade"; '' close; ~^\\{ "\\"x"; }
          server { # a comment
            listen [::]:80; server_name "~^(?<n>.+)\\.x$" *.a;
            if ($a ~ "}") { return 301 https://$host${x}; }
            location ~* \\.(zip|com)$ { content_by_lua_block { x = "}" -- [[
              } }
          }
        }
        """;
    for (int end = 0; end <= whole.length(); end++) {
      String cut = whole.substring(0, end);

      Throwable thrown = catchThrowable(() -> new Configuration(Directive.parse(cut)).faults());

      if (thrown != null) {
        assertThat(thrown).as(cut).isExactlyInstanceOf(NginxSyntaxException.class);
      }
    }
  }

  @Test
  void whatIsWrittenAnewReadsAsTheSame() throws Exception {
    String text =
        """
        a "b c" 'it''s' "" \\.x "q\\"\\\\";
        b { c { d "}"; } "~^\\d{2}$" x; }
        """
            .replace("''s", "\\'s");

    List<Directive> once = Directive.parse(text);
    String written = String.join("", once.stream().map(Directive::text).toList());

    assertThat(words(Directive.parse(written))).isEqualTo(words(once));
  }

  private static List<Object> words(List<Directive> directives) {
    return directives.stream()
        .map(each -> (Object) List.of(each.name(), each.arguments(), words(each.block())))
        .toList();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
