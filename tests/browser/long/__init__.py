"""The brief's acceptance list (its section 13), and which tests hold each point: `make wall-check`.

M: on the matrix: 8 sizes, both languages, 9 states (those of the brief, payments failing, and
recovered with a notice on air). S: 8 sizes, both languages. Every size is there with its own page.

 1  inside, no overflow, no scroll       test_matrix            M
 2  no text on another                   test_matrix            M
 3  smallest text                        test_matrix            M
 4  contrast of texts and marks          test_matrix            M
    the staff page                       test_staff_matrix      both languages, both themes
 5  a digit more, ones and eights        test_digits            S
 6  no layout shift in ten minutes       test_ten_minutes       S
 7  our own origin, fonts without net    test_matrix            M; every screen of tests/browser
 8  Chinese fonts                        test_matrix            M
    with the demo's own names            test_network           S
 9  reduced motion                       test_ten_minutes       S; by the address: both languages
10  the network cut, and back            test_network           S; rows and bars would move
11  the take-over: total, not again      test_take_over         S
    8 s by a real clock                  test_take_over         both languages, motion or none
12  just under a milestone               test_digits            S
13  each colour for one thing            test_matrix            M
14  this year and last in grey           test_matrix            M; before the start: last year alone
    levels of alarm in grey              test_greyscale         S
15  one extension a minute, no new plot  test_ten_minutes       S
    the heap                             test_heap, test_days
    CPU                                  make bench BENCH="--only page"
16  staff page on phones                 test_staff_matrix      2 sizes, both languages, 8 states
17  pictures of everything               test_matrix            M: make wall-check PICTURES=folder;
                                                                of a board: make shots
"""
