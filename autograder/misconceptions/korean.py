"""The hints and ideas of the misconceptions in Korean, by their English wording."""

from __future__ import annotations

KOREAN = {
    # ----- bias-gradient -----
    "Which axis of dY counts the samples? That one has to be gone in dB.": (
        "dY에서 샘플의 수를 나타내는 축은 어느 것인가요? dB에는 그 축이 없어야 합니다."
    ),
    "How many biases are there, and do they all get the same gradient?": (
        "편향은 몇 개인가요? 모두 같은 기울기를 받나요?"
    ),
    "In forward each bias is copied to every row. What does backward do at a copy: does it average?": (
        "순전파에서 편향은 모든 행으로 복사됩니다. 복사 노드의 역전파는 평균을 내나요?"
    ),
    "A bias receives one gradient from every sample. What becomes of all of them?": (
        "편향 하나는 샘플마다 기울기를 하나씩 받습니다. 그 기울기들은 모두 어떻게 되나요?"
    ),
    "Write down the shapes of dB and of the bias, with all their brackets. Are they equal?": (
        "dB의 형상과 편향의 형상을 괄호까지 적어 보세요. 서로 같은가요?"
    ),
    "If only the last row of dY changes, should dB change?": (
        "dY의 마지막 행만 바뀌면 dB도 바뀌어야 할까요?"
    ),
    "You divide by a number. What does it count, and why should the gradient depend on it?": (
        "어떤 수로 나누고 있습니다. 그 수는 무엇의 개수이고, 기울기가 왜 그 수에 따라 달라져야 하나요?"
    ),
    "When one bias moves, which samples feel it?": "편향 하나가 움직이면 어느 샘플들이 영향을 받나요?",
    "If nothing arrives from the output, dY = 0, what must dB be?": (
        "출력에서 아무것도 오지 않으면(dY = 0) dB는 무엇이어야 할까요?"
    ),
    "What happens to dB when all of dY is doubled?": "dY가 모두 두 배가 되면 dB는 어떻게 되나요?",
    "Look at the dtype of what you return: which numbers can it not hold?": (
        "반환값의 dtype을 보세요. 어떤 수를 담을 수 없나요?"
    ),
    "Try a dY of halves. Is the sum still exact?": "0.5로 이루어진 dY로 해 보세요. 합이 여전히 정확한가요?",
    "How often does your loop run, and how many rows does dY have?": (
        "반복문은 몇 번 실행되고, dY의 행은 몇 개인가요?"
    ),
    "Is it the gradient's business to go downhill?": "내리막으로 가는 것은 기울기가 할 일인가요?",
    "How many axes has dB, and how many has the bias?": "dB의 축은 몇 개이고, 편향의 축은 몇 개인가요?",
    "What would a negative gradient tell the optimizer, and is it still there in your dB?": (
        "음의 기울기는 옵티마이저에게 무엇을 알려 주나요? 당신의 dB에 아직 남아 있나요?"
    ),
    "What is left of dB when there is a single output?": "출력이 하나뿐이면 dB에는 무엇이 남나요?",
    "What does the caller receive from your function?": "함수를 호출한 쪽은 무엇을 받나요?",
    "What is the type of your answer, and can you multiply it by a learning rate?": (
        "답의 자료형은 무엇인가요? 거기에 학습률을 곱할 수 있나요?"
    ),
    "Print dY before and after the call. Whose array does your code write into?": (
        "호출 앞뒤로 dY를 출력해 보세요. 코드가 누구의 배열에 쓰고 있나요?"
    ),
    "Call your function twice with the same dY. Should the answers differ?": (
        "같은 dY로 함수를 두 번 불러 보세요. 답이 달라야 할까요?"
    ),
    "Which dY does your function add up: its argument, or another variable of the notebook?": (
        "함수가 더하는 것은 어느 배열인가요? 인수인가요, 노트북의 다른 변수인가요?"
    ),
    "How many biases are there, and which axis is left when the batch has been added up?": (
        "편향은 몇 개인가요? 배치에 걸쳐 더하고 나면 어느 축이 남나요?"
    ),
    "Which axis of dY counts the samples, and is averaging what backward does at a copy?": (
        "dY에서 샘플의 수를 나타내는 축은 어느 것인가요? 복사 노드의 역전파는 평균인가요?"
    ),
    "Which axis of dY counts the samples, and how many axes has a bias?": (
        "dY에서 샘플의 수를 나타내는 축은 어느 것이고, 편향의 축은 몇 개인가요?"
    ),
    "Are the brackets of dB and of the bias equal, and does anything average at a copy?": (
        "dB와 편향의 괄호가 같은가요? 복사 노드에서 평균을 내는 것이 있나요?"
    ),
    "A bias has one axis. How many has your dB, and what became of the samples?": (
        "편향의 축은 하나입니다. 당신의 dB는 몇 개이고, 샘플들은 어떻게 되었나요?"
    ),
    "How many biases are there, and how many numbers does your dB have when the batch is larger?": (
        "편향은 몇 개인가요? 배치가 커지면 당신의 dB에는 수가 몇 개 있나요?"
    ),
    "After the second row, what is left of the first one in your dB?": (
        "두 번째 행까지 처리한 뒤, dB에 첫 번째 행은 얼마나 남아 있나요?"
    ),
    "Count the rows that your code visits. How many has dY?": (
        "코드가 지나는 행을 세어 보세요. dY의 행은 몇 개인가요?"
    ),
    "Count the rows that your code visits. With which index does the batch begin?": (
        "코드가 지나는 행을 세어 보세요. 배치는 몇 번 인덱스에서 시작하나요?"
    ),
    "How often does the first sample count in your sum?": "당신의 합에서 첫 번째 샘플은 몇 번 더해지나요?",
    "If dY is zero everywhere, what must dB be?": "dY가 모두 0이면 dB는 무엇이어야 할까요?",
    "When one bias moves, do the influences on the samples add up, or is one of them chosen?": (
        "편향 하나가 움직일 때 샘플들에 미치는 영향은 더해지나요, 그중 하나만 뽑히나요?"
    ),
    "When several paths lead from one number to the loss, what is done with their gradients?": (
        "한 수에서 손실까지 길이 여럿이면, 그 기울기들은 어떻게 하나요?"
    ),
    "If dY is doubled, by how much should dB grow?": "dY가 두 배가 되면 dB는 몇 배가 되어야 할까요?",
    "Which line of your function should put something into dB?": (
        "함수의 어느 줄이 dB에 값을 넣어야 하나요?"
    ),
    "How often does each sample enter your sum?": "각 샘플은 당신의 합에 몇 번 들어가나요?",
    "You multiply by a number that is always the same. Where in out = x W + b does it stand?": (
        "언제나 같은 수를 곱하고 있습니다. 그 수는 out = x W + b의 어디에 있나요?"
    ),
    "Which node of the graph would divide by the root of N?": (
        "계산 그래프의 어느 노드가 N의 제곱근으로 나누나요?"
    ),
    "In forward each bias is copied to every row. Does backward divide at a copy?": (
        "순전파에서 편향은 모든 행으로 복사됩니다. 복사 노드의 역전파는 나눗셈을 하나요?"
    ),
    "After the call, does dY hold the same numbers, and who divides by N in this network?": (
        "호출 뒤에도 dY의 값이 그대로인가요? 이 신경망에서 N으로 나누는 것은 누구인가요?"
    ),
    "Which dtype has dY, and which one has your dB?": (
        "dY의 dtype은 무엇이고, 당신의 dB의 dtype은 무엇인가요?"
    ),
    "How many things does the caller of your function expect?": (
        "함수를 호출한 쪽은 값을 몇 개 받기를 기대하나요?"
    ),
    "Compare the name in the return line with the one that holds the sum. Are they spelt alike?": (
        "return 줄의 이름과 합을 담은 이름을 비교해 보세요. 철자가 같은가요?"
    ),
    "Which sums can your code not return, and does the derivative know such a limit?": (
        "코드가 반환할 수 없는 합은 어떤 것인가요? 미분에 그런 한계가 있나요?"
    ),
    "Call your function with two different batches. To which of them does the second answer belong?": (
        "서로 다른 두 배치로 함수를 불러 보세요. 두 번째 답은 어느 배치의 것인가요?"
    ),
    "How many digits does float32 keep, and how many has dY?": (
        "float32는 몇 자리까지 담고, dY는 몇 자리인가요?"
    ),
    "How many rows does your code add, and how many can a batch have?": (
        "코드는 몇 개의 행을 더하고, 배치에는 행이 몇 개 있을 수 있나요?"
    ),
    "Which rows of dY does your code leave out, and do these samples not count?": (
        "코드가 빠뜨리는 dY의 행은 어느 것인가요? 그 샘플들은 세지 않아도 되나요?"
    ),
    "Is your answer a slope, or a step along it? Who knows the learning rate?": (
        "답은 기울기인가요, 기울기를 따라간 걸음인가요? 학습률은 누가 알고 있나요?"
    ),
    "Try gradients of 1/16. What does your code make of them?": (
        "1/16인 기울기로 해 보세요. 코드는 그것을 무엇으로 만드나요?"
    ),
    # ----- affine-backward and affine-debug -----
    "Which names does the def line bring in, and which does the body use?": (
        "`def` 줄은 어떤 이름을 들여오고, 본문은 어떤 이름을 쓰나요?"
    ),
    "Spell the name in the error letter by letter: what is the object called inside its methods?": (
        "오류에 나온 이름을 한 글자씩 읽어 보세요. 메서드 안에서 객체 자신은 무엇이라고 부르나요?"
    ),
    "After a restart of the kernel, which object holds the weights inside the method?": (
        "커널을 다시 시작하면, 메서드 안에서 가중치는 어느 객체에 있나요?"
    ),
    "Is the name in the return line one of those that your method has given?": (
        "return 줄의 이름은 메서드 안에서 만든 이름 가운데 하나인가요?"
    ),
    "Python hands over the layer itself, and the caller one gradient. What does the def line take?": (
        "파이썬은 계층 자신을, 호출한 쪽은 기울기 하나를 넘겨줍니다. `def` 줄은 무엇을 받나요?"
    ),
    "Under which name did forward store its input?": "forward는 입력을 어떤 이름으로 저장했나요?",
    "After backward, under exactly which names does the optimizer look for the gradients on the layer?": (
        "backward 뒤에 옵티마이저는 계층에서 정확히 어떤 이름으로 기울기를 찾나요?"
    ),
    "After backward, under exactly which name does the optimizer look for the gradient of W?": (
        "backward 뒤에 옵티마이저는 정확히 어떤 이름으로 W의 기울기를 찾나요?"
    ),
    "After backward, under exactly which name does the optimizer look for the gradient of b?": (
        "backward 뒤에 옵티마이저는 정확히 어떤 이름으로 b의 기울기를 찾나요?"
    ),
    "Which of the two stored gradients must have the shape of W?": (
        "저장한 두 기울기 가운데 W와 형상이 같아야 하는 것은 어느 것인가요?"
    ),
    "What does the layer before this one need to receive?": "이 계층의 앞 계층은 무엇을 받아야 하나요?",
    "What does the layer before this one receive?": "이 계층의 앞 계층은 무엇을 받나요?",
    "Two of the gradients are stored. Which one is handed on?": (
        "기울기 두 개는 저장됩니다. 다음으로 넘어가는 것은 어느 것인가요?"
    ),
    "Is what you return an input, or the influence of an input?": (
        "반환하는 것은 입력인가요, 입력이 미친 영향인가요?"
    ),
    "How does the loss react to one input: do the weights play a part in it?": (
        "입력 하나가 바뀌면 손실은 어떻게 반응하나요? 가중치가 거기에 관여하나요?"
    ),
    "If dout is doubled, what must happen to dx?": "dout이 두 배가 되면 dx는 어떻게 되어야 하나요?",
    "Which line should put something into dx?": "어느 줄이 dx에 값을 넣어야 하나요?",
    "Whose task is it to go downhill, and is that a matter of dx?": (
        "내리막으로 가는 것은 누구의 일인가요? dx와 상관이 있나요?"
    ),
    "How many paths lead from one input to one output?": "입력 하나에서 출력 하나로 가는 길은 몇 개인가요?",
    "Does the influence of x on the output depend on b?": "x가 출력에 미치는 영향은 b에 따라 달라지나요?",
    "In out = x W + b, does the derivative with respect to x still hold x?": (
        "out = x W + b를 x로 미분하면 x가 남아 있나요?"
    ),
    "Which matrix carries x to the output: W, or dW?": "x를 출력으로 보내는 행렬은 W인가요, dW인가요?",
    "How many samples has the batch, and how many rows has your dx?": (
        "배치의 샘플은 몇 개이고, 당신의 dx의 행은 몇 개인가요?"
    ),
    "Weights are shared by the samples. Are inputs shared, too?": (
        "가중치는 샘플들이 함께 씁니다. 입력도 함께 쓰나요?"
    ),
    "Which layer decides whether a gradient passes: this one, or the activation?": (
        "기울기를 통과시킬지는 어느 계층이 정하나요? 이 계층인가요, 활성화 계층인가요?"
    ),
    "Which quantity arrives at this layer when the loss is traced backwards?": (
        "손실에서 거꾸로 거슬러 올 때 이 계층에 도착하는 것은 무엇인가요?"
    ),
    "Which shape must dx have, and does your product of dout and W give it?": (
        "dx의 형상은 무엇이어야 하나요? dout과 W의 곱이 그 형상이 되나요?"
    ),
    "Compare the shapes of dx and x: which axis counts the samples?": (
        "dx와 x의 형상을 비교해 보세요. 샘플의 수를 나타내는 축은 어느 것인가요?"
    ),
    "If dout is zero, what must dx be?": "dout이 0이면 dx는 무엇이어야 할까요?",
    "Does backward ask which x led to this output, or how much each input mattered?": (
        "역전파가 묻는 것은 어떤 x가 이 출력을 냈는지인가요, 각 입력이 얼마나 영향을 주었는지인가요?"
    ),
    "Does backward ask which x led to this output? And does every W have an inverse?": (
        "역전파는 어떤 x가 이 출력을 냈는지 묻나요? 그리고 모든 W에 역행렬이 있나요?"
    ),
    "Does the gradient of one sample depend on how many others are in the batch?": (
        "한 샘플의 기울기는 배치에 다른 샘플이 몇 개 있는지에 따라 달라지나요?"
    ),
    "Which arrangement of x and dout has the shape of W?": ("x와 dout을 어떻게 놓아야 W의 형상이 되나요?"),
    "In dW[i, j], which index belongs to the inputs and which to the outputs?": (
        "dW[i, j]에서 어느 인덱스가 입력이고 어느 인덱스가 출력인가요?"
    ),
    "Who divides by the size of the batch: every layer, or the loss once?": (
        "배치 크기로 나누는 것은 누구인가요? 모든 계층인가요, 손실이 한 번인가요?"
    ),
    "Whose task is it to go downhill, the gradient's or the optimizer's?": (
        "내리막으로 가는 것은 기울기의 일인가요, 옵티마이저의 일인가요?"
    ),
    "If only the last sample of the batch changes, does your dW change?": (
        "배치의 마지막 샘플만 바뀌면 당신의 dW도 바뀌나요?"
    ),
    "After the second sample, what is left of the first one in dW?": (
        "두 번째 샘플까지 처리한 뒤, dW에 첫 번째 샘플은 얼마나 남아 있나요?"
    ),
    "Count the samples that your code visits. How many are in the batch?": (
        "코드가 지나는 샘플을 세어 보세요. 배치에는 몇 개가 있나요?"
    ),
    "Does the x of one sample have anything to do with the dout of another?": (
        "한 샘플의 x와 다른 샘플의 dout은 서로 상관이 있나요?"
    ),
    "Which line should put something into dW?": "어느 줄이 dW에 값을 넣어야 하나요?",
    "How many paths lead from one weight to one output?": (
        "가중치 하나에서 출력 하나로 가는 길은 몇 개인가요?"
    ),
    "What does the number count that you divide by?": "나누는 그 수는 무엇의 개수인가요?",
    "Can the gradient of a weight be negative?": "가중치의 기울기는 음수일 수 있나요?",
    "Which numbers can the dtype of your dW not hold?": (
        "당신의 dW의 dtype에 담을 수 없는 수는 어떤 수인가요?"
    ),
    "In out = x W + b, does the derivative with respect to W still hold W?": (
        "out = x W + b를 W로 미분하면 W가 남아 있나요?"
    ),
    "What does one weight multiply in forward, and what arrives at its output in backward?": (
        "순전파에서 가중치 하나는 무엇과 곱해지고, 역전파에서 그 출력에는 무엇이 도착하나요?"
    ),
    "If dout is doubled, what must happen to dW?": "dout이 두 배가 되면 dW는 어떻게 되어야 하나요?",
    "Does the input play a part in how much a weight matters?": (
        "가중치가 얼마나 중요한지에 입력이 관여하나요?"
    ),
    "Compare the shapes of dW and W. Which array of forward brings the other axis?": (
        "dW와 W의 형상을 비교해 보세요. 나머지 축은 순전파의 어느 배열에서 오나요?"
    ),
    "Does the derivative know of a largest value, or is that a matter for the optimizer?": (
        "미분에 최댓값이라는 것이 있나요, 아니면 그것은 옵티마이저의 일인가요?"
    ),
    "If dout is doubled, what must happen to the length of dW?": (
        "dout이 두 배가 되면 dW의 크기는 어떻게 되어야 하나요?"
    ),
    "If dout is zero everywhere, what must dW be?": "dout이 모두 0이면 dW는 무엇이어야 할까요?",
    "Does the influence of W on the output depend on b?": "W가 출력에 미치는 영향은 b에 따라 달라지나요?",
    "The scalar node multiplies with *. What takes its place for matrices?": (
        "스칼라의 곱셈 노드는 *로 곱합니다. 행렬에서는 무엇이 그 자리를 차지하나요?"
    ),
    "Which axis of dout counts the samples?": "dout에서 샘플의 수를 나타내는 축은 어느 것인가요?",
    "How many numbers does b have, and how many does your db have?": (
        "b에는 수가 몇 개 있고, 당신의 db에는 몇 개 있나요?"
    ),
    "In forward b is copied to N rows. What does backward do at a copy?": (
        "순전파에서 b는 N개의 행으로 복사되었습니다. 복사 노드의 역전파는 무엇인가요?"
    ),
    "How many gradients does one bias receive from a batch, and how many numbers may it keep?": (
        "편향 하나는 배치에서 기울기를 몇 개 받고, 몇 개의 수를 가질 수 있나요?"
    ),
    "Print the shapes of db and b, one below the other. Do the brackets agree?": (
        "db와 b의 형상을 위아래로 출력해 보세요. 괄호까지 같은가요?"
    ),
    "If only the last row of dout changes, does your db change?": (
        "dout의 마지막 행만 바뀌면 당신의 db도 바뀌나요?"
    ),
    "After the second sample, what is left of the first one in db?": (
        "두 번째 샘플까지 처리한 뒤, db에 첫 번째 샘플은 얼마나 남아 있나요?"
    ),
    "Which line should put something into db?": "어느 줄이 db에 값을 넣어야 하나요?",
    "How often does each sample enter your db?": "각 샘플은 당신의 db에 몇 번 들어가나요?",
    "If dout is zero everywhere, what must db be?": "dout이 모두 0이면 db는 무엇이어야 할까요?",
    "If dout is doubled, by how much should db grow?": "dout이 두 배가 되면 db는 몇 배가 되어야 할까요?",
    "Can an optimizer multiply your db by a learning rate? What type is it?": (
        "옵티마이저가 당신의 db에 학습률을 곱할 수 있나요? 자료형은 무엇인가요?"
    ),
    "Which samples feel it when one bias moves?": "편향 하나가 움직이면 어느 샘플들이 영향을 받나요?",
    "Which gradient arrives at the plus node?": "덧셈 노드에는 어떤 기울기가 도착하나요?",
    "What happens to db when dout is doubled?": "dout이 두 배가 되면 db는 어떻게 되나요?",
    "What is the local derivative of a plus node?": "덧셈 노드의 국소적 미분은 무엇인가요?",
    "Which numbers can the dtype of your db not hold?": (
        "당신의 db의 dtype에 담을 수 없는 수는 어떤 수인가요?"
    ),
    "Whose task is it to go downhill?": "내리막으로 가는 것은 누구의 일인가요?",
    "Does every line of your backward store something?": "backward의 모든 줄이 무언가를 저장하나요?",
    "How many axes has db, and how many has b?": "db의 축은 몇 개이고, b의 축은 몇 개인가요?",
    "Can the gradient of a bias be negative?": "편향의 기울기는 음수일 수 있나요?",
    "Does the influence of b depend on x?": "b의 영향은 x에 따라 달라지나요?",
    "Put the same sample into the batch twice. Should its total influence double?": (
        "같은 샘플을 배치에 두 번 넣어 보세요. 그 영향의 합은 두 배가 되어야 할까요?"
    ),
    "Whose task is it to go downhill, the layer's or the optimizer's?": (
        "내리막으로 가는 것은 계층의 일인가요, 옵티마이저의 일인가요?"
    ),
    "If dout is zero everywhere, what must the gradients be?": (
        "dout이 모두 0이면 기울기들은 무엇이어야 할까요?"
    ),
    "Does the caller's dout hold the same numbers after backward?": (
        "backward 뒤에도 호출한 쪽의 dout은 같은 값을 담고 있나요?"
    ),
    "Does the caller's x hold the same numbers after backward?": (
        "backward 뒤에도 호출한 쪽의 x는 같은 값을 담고 있나요?"
    ),
    "Which object is responsible for changing the weights, and when?": (
        "가중치를 바꾸는 것은 어느 객체의 일이고, 언제 하나요?"
    ),
    "Should W be another one after backward?": "backward 뒤에 W가 달라져 있어야 할까요?",
    "Should b be another one after backward?": "backward 뒤에 b가 달라져 있어야 할까요?",
    "Does the layer's forward give the same output before and after backward?": (
        "backward 앞뒤로 이 계층의 forward는 같은 출력을 내나요?"
    ),
    "Call backward twice with the same dout. Should the stored gradients change?": (
        "같은 dout으로 backward를 두 번 불러 보세요. 저장된 기울기가 달라져야 할까요?"
    ),
    "What is in self.dW when backward is called for the first time?": (
        "backward를 처음 부를 때 self.dW에는 무엇이 들어 있나요?"
    ),
    "Call backward with another dout. Should dW stay?": (
        "다른 dout으로 backward를 불러 보세요. dW가 그대로여야 할까요?"
    ),
    "Call backward twice with the same dout. Should dW change?": (
        "같은 dout으로 backward를 두 번 불러 보세요. dW가 달라져야 할까요?"
    ),
    "Call backward twice with the same dout. Should db change?": (
        "같은 dout으로 backward를 두 번 불러 보세요. db가 달라져야 할까요?"
    ),
    "Does dW belong to the x of the latest forward?": "dW는 가장 최근 forward의 x로 계산되나요?",
    "When the optimizer changes W in place, does your layer notice?": (
        "옵티마이저가 W를 제자리에서 바꾸면 이 계층이 알아차리나요?"
    ),
    "Make two layers. Do they have one dW or two?": "계층을 두 개 만들어 보세요. dW는 하나인가요, 둘인가요?",
    "Which value of forward does backward need again?": "backward는 forward의 어떤 값을 다시 쓰나요?",
    "Is dW built from the layer's input or from its output?": (
        "dW는 계층의 입력으로 만드나요, 출력으로 만드나요?"
    ),
    "forward was given. What did it return when you received it, for an input of zeros for example?": (
        "forward는 주어진 코드입니다. 처음 받았을 때, 예를 들어 입력이 0이면 무엇을 반환했나요?"
    ),
    "Read the last line of the error: which name does it not know, and which ones has the def line?": (
        "오류의 마지막 줄을 읽어 보세요. 모르는 이름은 무엇이고, `def` 줄에는 어떤 이름이 있나요?"
    ),
    "One fault is gone and another one speaks up: what does the new error name?": (
        "오류 하나가 사라지고 다른 오류가 나타났습니다. 새 오류가 가리키는 이름은 무엇인가요?"
    ),
    "Which name does the def line give to the layer, and which ones does the body use?": (
        "`def` 줄은 계층을 어떤 이름으로 받고, 본문은 어떤 이름을 쓰나요?"
    ),
    "The error is gone. Where can an optimizer find dW after backward has ended?": (
        "오류는 사라졌습니다. backward가 끝난 뒤 옵티마이저는 dW를 어디에서 찾나요?"
    ),
    "Has each gradient the shape of the array that it belongs to?": (
        "각 기울기의 형상은 그 기울기가 속한 배열의 형상과 같은가요?"
    ),
    "Restart the kernel and run this cell alone. Which dout does your backward use?": (
        "커널을 재시작하고 이 셀만 실행해 보세요. backward는 어느 dout을 쓰고 있나요?"
    ),
    "Count the samples that your code visits. Which rows of dx are left empty?": (
        "코드가 들르는 샘플의 수를 세어 보세요. dx의 어느 행이 비어 있나요?"
    ),
    "Through how many outputs does one input act, and how many of them does your code visit?": (
        "입력 하나는 몇 개의 출력을 통해 작용하고, 코드는 그중 몇 개에 들르나요?"
    ),
    "One input acts through all outputs. Along which axis do these influences have to be added?": (
        "입력 하나는 모든 출력을 통해 작용합니다. 그 영향들은 어느 축을 따라 더해야 하나요?"
    ),
    "Which axis of your products counts the outputs, and which one is left in dx?": (
        "곱한 결과에서 출력의 수를 나타내는 축은 어느 것이고, dx에 남은 축은 어느 것인가요?"
    ),
    "Can the influence of an input on the loss be negative?": ("입력이 손실에 주는 영향은 음수일 수 있나요?"),
    "Is what you return a gradient, or an input that was moved by one?": (
        "반환하는 것은 기울기인가요, 기울기만큼 옮긴 입력인가요?"
    ),
    "Does reshape put the numbers of W into the same rows and columns as .T does?": (
        "reshape는 W의 수들을 .T와 같은 행과 열에 놓나요?"
    ),
    "Does reshape put the numbers of x into the same rows and columns as .T does?": (
        "reshape는 x의 수들을 .T와 같은 행과 열에 놓나요?"
    ),
    "What becomes of dx when the batch is a single sample?": ("배치에 샘플이 하나뿐이면 dx는 어떻게 되나요?"),
    "How many axes has x, and how many has your dx?": ("x의 축은 몇 개이고, dx의 축은 몇 개인가요?"),
    "How many digits does float32 keep, and how many has dout?": (
        "float32는 몇 자리까지 담고, dout은 몇 자리인가요?"
    ),
    "How many digits does float32 keep, and how many has x?": (
        "float32는 몇 자리까지 담고, x는 몇 자리인가요?"
    ),
    "How many axes has W, how many has your dW, and what does the one too many count?": (
        "W의 축은 몇 개이고 dW의 축은 몇 개인가요? 남는 축은 무엇을 세나요?"
    ),
    "Is what you store a gradient, or weights that were moved by one? Who moves the weights?": (
        "저장하는 것은 기울기인가요, 기울기만큼 옮긴 가중치인가요? 가중치는 누가 옮기나요?"
    ),
    "Is what you store a gradient, or a bias that was moved by one? Who moves the bias?": (
        "저장하는 것은 기울기인가요, 기울기만큼 옮긴 편향인가요? 편향은 누가 옮기나요?"
    ),
    "When dout is doubled, by how much should dW grow? And when x is doubled?": (
        "dout이 두 배가 되면 dW는 몇 배가 되어야 하나요? x가 두 배가 되면요?"
    ),
    "Which array was multiplied by W in forward: x, or dx?": (
        "순전파에서 W에 곱한 배열은 x인가요, dx인가요?"
    ),
    "Did forward multiply W by x itself, or by something else made of it?": (
        "순전파에서 W에 곱한 것은 x 자신인가요, x로 만든 다른 것인가요?"
    ),
    "Does the influence of b go through x?": ("b의 영향은 x를 거쳐 가나요?"),
    "Call backward twice. What does the second call find in self.x?": (
        "backward를 두 번 불러 보세요. 두 번째 호출에서 self.x는 무엇인가요?"
    ),
    "Print the shapes of self.x and self.W before and after backward. Are they the same?": (
        "backward 앞뒤로 self.x와 self.W의 형상을 출력해 보세요. 서로 같은가요?"
    ),
    "Your layer knows the size of a batch. Of which one, and what if the next one is larger?": (
        "계층이 배치의 크기를 기억하고 있습니다. 어느 배치의 크기이고, 다음 배치가 더 크면 어떻게 되나요?"
    ),
    "Two layers go forward one after the other. Whose x does the first one find on its way back?": (
        "두 계층이 차례로 순전파를 합니다. 첫 계층이 역전파에서 만나는 x는 누구의 것인가요?"
    ),
    # ----- momentum -----
    "Which learning rate does an optimizer have that is made without arguments?": (
        "인수 없이 만든 옵티마이저의 학습률은 얼마인가요?"
    ),
    "After one small step, should the loss be higher or lower? Count the minus signs on the way.": (
        "작게 한 걸음 간 뒤 손실은 커져야 하나요, 작아져야 하나요? 도중의 마이너스 부호를 세어 보세요."
    ),
    "Make an optimizer with another lr. Does it take other steps?": (
        "lr이 다른 옵티마이저를 만들어 보세요. 걸음이 달라지나요?"
    ),
    "Which of the two numbers says how much of the velocity is kept?": (
        "두 수 가운데 속도를 얼마나 남길지 정하는 것은 어느 것인가요?"
    ),
    "With no gradient at all, in which direction does the ball roll on?": (
        "기울기가 전혀 없으면 공은 어느 방향으로 계속 굴러가나요?"
    ),
    "On flat ground, which share of the velocity is left after one update?": (
        "평평한 곳에서 한 번 갱신한 뒤 속도는 얼마나 남나요?"
    ),
    "How often is the velocity added in one update?": "한 번의 갱신에서 속도는 몇 번 더해지나요?",
    "If all gradients change their sign, should the first step change its direction?": (
        "모든 기울기의 부호가 바뀌면 첫걸음의 방향도 바뀌어야 할까요?"
    ),
    "If a gradient is twice as large, should the first step be longer?": (
        "기울기가 두 배로 커지면 첫걸음도 길어져야 할까요?"
    ),
    "Does every element roll with its own velocity, or all of an array with the same?": (
        "원소마다 제 속도로 구르나요, 한 배열의 모든 원소가 같은 속도로 구르나요?"
    ),
    "What does the number count that you divide by, and which formula asks for it?": (
        "나누는 그 수는 무엇의 개수이고, 어느 식에 나오나요?"
    ),
    "With a gradient of zero and no velocity, should a parameter move?": (
        "기울기가 0이고 속도도 없으면 매개변수가 움직여야 할까요?"
    ),
    "How fast is the ball before its first push?": "처음 밀기 전에 공은 얼마나 빠른가요?",
    "Make optimizers with another lr and another momentum. Does each of them matter?": (
        "lr과 momentum을 바꾼 옵티마이저들을 만들어 보세요. 두 값이 모두 영향을 주나요?"
    ),
    "Which factors stand in front of the gradient in this course's formula?": (
        "이 강의의 식에서 기울기 앞에는 어떤 인수가 있나요?"
    ),
    "How often does lr act on one gradient?": "기울기 하나에 lr이 몇 번 곱해지나요?",
    "Which part of the velocity does lr act on?": "lr은 속도의 어느 부분에 곱해지나요?",
    "How often is the velocity applied in one step of plain momentum?": (
        "보통의 모멘텀에서는 한 걸음에 속도를 몇 번 적용하나요?"
    ),
    "Which of the two lines of the formula comes first?": "식의 두 줄 가운데 어느 것이 먼저인가요?",
    "Which part of the velocity does the friction act on?": "마찰은 속도의 어느 부분에 작용하나요?",
    "How often does the newest gradient reach the parameter in one step?": (
        "한 걸음에 가장 새로운 기울기는 매개변수에 몇 번 전해지나요?"
    ),
    "Which of the two dicts knows the slope?": "두 딕셔너리 가운데 경사를 아는 것은 어느 것인가요?",
    "Is v a place or a change of place?": "v는 위치인가요, 위치의 변화인가요?",
    "Print the velocity at the beginning of the second update. What should it remember?": (
        "두 번째 갱신이 시작될 때 속도를 출력해 보세요. 무엇을 기억하고 있어야 하나요?"
    ),
    "After three updates, is anything of the first gradient left in v?": (
        "세 번 갱신한 뒤 v에 첫 번째 기울기가 조금이라도 남아 있나요?"
    ),
    "On flat ground, what makes the ball come to rest?": "평평한 곳에서 공을 멈추게 하는 것은 무엇인가요?",
    "Print self.momentum after ten updates. Is it what you passed in?": (
        "열 번 갱신한 뒤 self.momentum을 출력해 보세요. 처음 넘긴 값인가요?"
    ),
    "Print self.lr after ten updates. Is it what you passed in?": (
        "열 번 갱신한 뒤 self.lr을 출력해 보세요. 처음 넘긴 값인가요?"
    ),
    "Do all parameters roll with the same speed?": "모든 매개변수가 같은 속도로 구르나요?",
    "Are the velocities of two parameters two arrays, or two names of one?": (
        "두 매개변수의 속도는 배열 두 개인가요, 한 배열의 두 이름인가요?"
    ),
    "Which parameters differ after the update, and which lines belong to the loop?": (
        "갱신 뒤에 어느 매개변수들이 달라졌고, 어느 줄들이 반복문에 속하나요?"
    ),
    "Which parameters differ after the update, and where does the loop end?": (
        "갱신 뒤에 어느 매개변수들이 달라졌고, 반복문은 어디에서 끝나나요?"
    ),
    "After the first update, has anything moved?": "첫 번째 갱신 뒤에 움직인 것이 있나요?",
    "Which numbers can the dtype of your velocity not hold?": (
        "당신의 속도의 dtype에 담을 수 없는 수는 어떤 수인가요?"
    ),
    "After your update, which array does the caller's dict hold: did any line write into it?": (
        "갱신 뒤에 호출한 쪽의 딕셔너리에는 어떤 배열이 있나요? 그 배열에 값을 쓴 줄이 있나요?"
    ),
    "Which of the two dicts should the step be applied to?": (
        "걸음은 두 딕셔너리 가운데 어느 것에 적용해야 하나요?"
    ),
    "A layer was built with this array. Does it see your change?": (
        "이 배열로 만든 계층이 있습니다. 그 계층이 바뀐 값을 볼 수 있나요?"
    ),
    "After update, does grads hold the same numbers?": "update 뒤에도 grads의 값이 그대로인가요?",
    "Make two optimizers. Do they share a memory?": (
        "옵티마이저를 두 개 만들어 보세요. 기억을 함께 쓰고 있나요?"
    ),
    "Does your optimizer work for a network with other layers?": (
        "이 옵티마이저는 다른 계층을 가진 신경망에서도 동작하나요?"
    ),
    "How do you ask a dict for its keys?": "딕셔너리의 키는 어떻게 얻나요?",
    "What does a loop over a dict hand you: keys, values or both?": (
        "딕셔너리를 반복하면 무엇을 받나요? 키인가요, 값인가요, 둘 다인가요?"
    ),
    "Which kind of thing stands on each side of your operator: an array, or a dict of arrays?": (
        "연산자의 양쪽에는 무엇이 있나요? 배열인가요, 배열의 딕셔너리인가요?"
    ),
    "Which object knows lr, momentum and v, and how does a method ask it?": (
        "lr, momentum, v를 아는 객체는 무엇이고, 메서드는 그것을 어떻게 물어보나요?"
    ),
    "Python hands over the optimizer itself, and the caller two dicts. What does the def line take?": (
        "파이썬은 옵티마이저 자신을, 호출한 쪽은 딕셔너리 두 개를 넘겨줍니다. `def` 줄은 무엇을 받나요?"
    ),
    "What is self.v before the first entry is put into it?": "첫 항목을 넣기 전에 self.v는 무엇인가요?",
    "Which keys does self.v have when the first update asks for one?": (
        "첫 번째 갱신이 값을 찾을 때 self.v에는 어떤 키가 있나요?"
    ),
    "Which names did __init__ give to self?": "__init__은 self에 어떤 이름들을 만들었나요?",
    "Which momentum does an optimizer have that is made without arguments?": (
        "인수 없이 만든 옵티마이저의 momentum은 얼마인가요?"
    ),
    "Which factors stand in front of the gradient in this course's formula, at every update?": (
        "이 수업의 식에서는 갱신할 때마다 기울기 앞에 어떤 인수가 있나요?"
    ),
    "After many equal gradients, how long does this course's velocity become: one step, or several?": (
        "같은 기울기가 여러 번 오면 이 수업의 속도는 얼마나 커지나요? 한 걸음만큼인가요, 여러 걸음만큼인가요?"
    ),
    "Does Momentum collect gradients, or their squares?": (
        "Momentum은 기울기를 모으나요, 기울기의 제곱을 모으나요?"
    ),
    "Which of the two slows down by friction: the place, or the speed?": (
        "마찰로 줄어드는 것은 위치인가요, 속도인가요?"
    ),
    "How does the formula weight old gradients, and how far back does it reach?": (
        "식은 지난 기울기에 어떤 가중치를 주고, 얼마나 먼 과거까지 미치나요?"
    ),
    "Print something in the loop. How often does it appear for one update of one key?": (
        "반복문 안에서 무언가를 출력해 보세요. 키 하나를 한 번 갱신할 때 몇 번 나오나요?"
    ),
    "On flat ground the gradient is zero. Does a rolling ball stop there at once?": (
        "평지에서는 기울기가 0입니다. 구르던 공은 거기서 곧바로 멈추나요?"
    ),
    "Which velocities can your code not reach, and does the formula know such a limit?": (
        "코드가 이를 수 없는 속도는 무엇이고, 식에 그런 한계가 있나요?"
    ),
    "After the second update, has anything moved? Which lines belong to the if?": (
        "두 번째 갱신 뒤에 움직인 것이 있나요? 어느 줄이 if에 속하나요?"
    ),
    "After ten updates, is anything of the first gradient left in v?": (
        "열 번 갱신한 뒤 v에 첫 번째 기울기가 조금이라도 남아 있나요?"
    ),
    "Make two optimizers with different numbers. Which lr does the first one have afterwards?": (
        "서로 다른 수로 옵티마이저를 두 개 만들어 보세요. 그 뒤 첫 번째 것의 lr은 얼마인가요?"
    ),
    # ----- adagrad -----
    "What does the square root make of a negative sum?": "합이 음수이면 제곱근은 무엇이 되나요?",
    "With gradients ten times as large, should the first step change?": (
        "기울기가 열 배로 커지면 첫걸음이 달라져야 할까요?"
    ),
    "After one small step, should the loss be higher or lower?": (
        "작게 한 걸음 간 뒤 손실은 커져야 하나요, 작아져야 하나요?"
    ),
    "When lr is doubled, what happens to the length of your first step?": (
        "lr이 두 배가 되면 첫걸음의 길이는 어떻게 되나요?"
    ),
    "How often does a step reach the parameter in one update?": (
        "한 번의 갱신에서 걸음은 매개변수에 몇 번 전해지나요?"
    ),
    "How often does the newest gradient reach the parameter in one update?": (
        "한 번의 갱신에서 가장 새로운 기울기는 매개변수에 몇 번 전해지나요?"
    ),
    "Should a parameter with a long history of steep slopes take larger steps, or smaller ones?": (
        "가파른 경사를 오래 겪은 매개변수는 걸음이 커져야 하나요, 작아져야 하나요?"
    ),
    "For a negative gradient, in which direction should the parameter move?": (
        "기울기가 음수이면 매개변수는 어느 방향으로 움직여야 하나요?"
    ),
    "At the second update, does the newest gradient's size play a part in your step?": (
        "두 번째 갱신에서 가장 새로운 기울기의 크기가 걸음에 영향을 주나요?"
    ),
    "Which power of the gradient stands in the numerator of the formula?": (
        "식의 분자에는 기울기의 몇 제곱이 있나요?"
    ),
    "Which power of the gradient does the formula collect?": "식은 기울기의 몇 제곱을 모으나요?",
    "Which function undoes squaring?": "제곱을 되돌리는 함수는 무엇인가요?",
    "After many equal gradients, should the steps become smaller or stay as they are?": (
        "같은 기울기가 여러 번 오면 걸음은 작아져야 하나요, 그대로여야 하나요?"
    ),
    "Two gradients of opposite sign: what is in h after both?": (
        "부호가 반대인 기울기가 두 번 왔습니다. 그 뒤 h에는 무엇이 있나요?"
    ),
    "Does AdaGrad remember directions, or only how steep it has been?": (
        "AdaGrad는 방향을 기억하나요, 얼마나 가팔랐는지만 기억하나요?"
    ),
    "With a gradient of zero, should a parameter move?": "기울기가 0이면 매개변수가 움직여야 할까요?",
    "What is in h when you divide by its root for the first time?": (
        "처음으로 h의 제곱근으로 나눌 때 h에는 무엇이 있나요?"
    ),
    "Whose history does h keep: that of the place, or that of the slope?": (
        "h는 무엇의 이력을 담나요? 위치인가요, 경사인가요?"
    ),
    "How often does the first gradient count in h?": "h에서 첫 번째 기울기는 몇 번 더해지나요?",
    "What has been collected before the first gradient?": "첫 번째 기울기 전에 모인 것은 무엇인가요?",
    "Which numbers can the dtype of h not hold?": "h의 dtype에 담을 수 없는 수는 어떤 수인가요?",
    "Is the square taken for each element, or summed over the array?": (
        "제곱은 원소마다 구하나요, 배열 전체에 걸쳐 더하나요?"
    ),
    "Does 'for every parameter' mean for every array or for every element?": (
        "'매개변수별'은 배열마다인가요, 원소마다인가요?"
    ),
    "Does AdaGrad ever forget a gradient?": "AdaGrad가 기울기를 잊는 일이 있나요?",
    "For a gradient of 1e-4, work out the root of the sum and the sum with the root. Are they close?": (
        "기울기가 1e-4일 때 합의 제곱근과, 제곱근에 더한 값을 계산해 보세요. 서로 가까운가요?"
    ),
    "When is a gradient exactly zero, and what does your formula divide then?": (
        "기울기가 정확히 0이 되는 때는 언제이고, 그때 식은 무엇을 무엇으로 나누나요?"
    ),
    "Python divides before it adds. What exactly is divided by what?": (
        "파이썬은 더하기보다 나누기를 먼저 합니다. 정확히 무엇이 무엇으로 나누어지나요?"
    ),
    "Which small number does the docstring name?": "docstring에는 어떤 작은 수가 적혀 있나요?",
    "Which small number does the docstring name, and should it matter for ordinary gradients?": (
        "docstring에는 어떤 작은 수가 적혀 있나요? 보통의 기울기에서도 그 수가 눈에 띄어야 할까요?"
    ),
    "For the tiniest gradients, is your denominator larger or smaller than the root?": (
        "아주 작은 기울기에서 분모는 제곱근보다 큰가요, 작은가요?"
    ),
    "After three updates, which gradients does h know of? Print it at the beginning of each.": (
        "세 번 갱신한 뒤 h는 어느 기울기들을 알고 있나요? 갱신이 시작될 때마다 출력해 보세요."
    ),
    "Which line puts the new sum back into self.h?": "새 합을 self.h에 다시 넣는 줄은 어느 것인가요?",
    "After three equal gradients, is h the same as after one?": (
        "같은 기울기가 세 번 온 뒤의 h는 한 번 온 뒤와 같은가요?"
    ),
    "Is there a factor that makes AdaGrad forget?": "AdaGrad에 잊게 만드는 인수가 있나요?",
    "Do two parameters have the same history?": "두 매개변수의 이력은 같은가요?",
    "Are the histories of two parameters two arrays, or two names of one?": (
        "두 매개변수의 이력은 배열 두 개인가요, 한 배열의 두 이름인가요?"
    ),
    "Print self.lr after one update. Is it still the number that you passed in?": (
        "한 번 갱신한 뒤 self.lr을 출력해 보세요. 처음 넘긴 수 그대로인가요?"
    ),
    "Is what you compute a place, or a change of place?": "계산한 것은 위치인가요, 위치의 변화인가요?",
    "After update, where are the negative entries of grads?": (
        "update 뒤에 grads의 음수 원소들은 어디로 갔나요?"
    ),
    "After update, does grads hold the same numbers? Is g = grads[key] a copy, or a second name?": (
        "update 뒤에도 grads의 값이 그대로인가요? g = grads[key]는 복사본인가요, 두 번째 이름인가요?"
    ),
    "What is self.h before the first entry is put into it?": "첫 항목을 넣기 전에 self.h는 무엇인가요?",
    "Which keys does self.h have when the first update asks for one?": (
        "첫 번째 갱신이 값을 찾을 때 self.h에는 어떤 키가 있나요?"
    ),
    "Which object knows lr and h, and how does a method ask it?": (
        "lr과 h를 아는 객체는 무엇이고, 메서드는 그것을 어떻게 물어보나요?"
    ),
    "Where does sqrt come from, and how do you say so?": "sqrt는 어디에서 오고, 그것을 어떻게 적나요?",
    "Which function takes the root of every element of an array?": (
        "배열의 모든 원소의 제곱근을 구하는 함수는 무엇인가요?"
    ),
    "Which factor stands in front of the square in the formula?": ("식에서 제곱 앞에는 어떤 인수가 있나요?"),
    "At the start of the second update, what is in self.h: a sum of squares, or its root?": (
        "두 번째 갱신을 시작할 때 self.h에 있는 것은 제곱의 합인가요, 그 제곱근인가요?"
    ),
    "If a later gradient is ten times as large, should it count more in h?": (
        "나중에 온 기울기가 열 배 크다면 h에서 더 크게 세어야 할까요?"
    ),
    "One entry of a gradient is zero. Should its neighbours in the array stand still?": (
        "기울기의 원소 하나가 0입니다. 같은 배열의 이웃 원소들도 멈춰 있어야 할까요?"
    ),
    "After ten updates, does h know of all ten gradients?": (
        "열 번 갱신한 뒤 h는 기울기 열 개를 모두 알고 있나요?"
    ),
    "Which averages does this course's formula take, and what stands in its numerator?": (
        "이 수업의 식은 어떤 평균을 내고, 분자에는 무엇이 있나요?"
    ),
    "Take a gradient of 1e-6. What is your denominator, and what is sqrt(h) + 1e-7?": (
        "기울기가 1e-6일 때 당신의 분모는 얼마이고, sqrt(h) + 1e-7은 얼마인가요?"
    ),
    "The small number is there to avoid a division by zero. In which half of the fraction does it help?": (
        "작은 수는 0으로 나누는 것을 막으려고 있습니다. 분수의 어느 쪽에 있어야 도움이 되나요?"
    ),
    "Make two optimizers with different lr. Which lr does the first one have afterwards?": (
        "lr이 다른 옵티마이저를 두 개 만들어 보세요. 그 뒤 첫 번째 것의 lr은 얼마인가요?"
    ),
}

IDEAS = {
    "takes axis=1 for the batch": "배치의 축을 axis=1로 안다",
    "forgets the axis, so that one number is left": "axis를 잊어 수 하나만 남는다",
    "a batch gradient is a mean": "배치의 기울기는 평균이라고 생각한다",
    "keeps the rule for one sample, dB = dY": "샘플 하나일 때의 규칙 dB = dY를 그대로 쓴다",
    "keeps the summed axis": "더한 축을 남겨 둔다",
    "all rows are alike because the bias is the same for all": (
        "모든 행에 같은 편향을 더했으니 행의 기울기도 모두 같다고 생각한다"
    ),
    "divides by the number of outputs": "출력의 수로 나눈다",
    "keeps the largest gradient of each column": "열마다 가장 큰 기울기만 남긴다",
    "keeps the sum within a range, or above zero": "합을 어떤 범위로 자르거나 0 이상으로 만든다",
    "stops at the local derivative 1": "국소적 미분 1에서 멈춘다",
    "counts 1 for every sample": "샘플마다 1을 센다",
    "adds into an array of integers, as in the worked example": "예제처럼 정수 배열에 더한다",
    "rounds on the way and returns floats": "중간에 반올림하고 실수를 반환한다",
    "rounds the sum": "합을 반올림한다",
    "loops over the samples as often as there are outputs": "샘플이 아니라 출력의 수만큼 반복한다",
    "puts the minus of the update into the gradient": "갱신의 마이너스를 기울기에 넣는다",
    "returns the step of an update": "갱신의 걸음을 반환한다",
    "a bias is a column": "편향을 열벡터로 생각한다",
    "adds the sizes of the influences": "영향의 크기만 더한다",
    "squeezes the sum": "합에서 크기 1인 축을 없앤다",
    "computes the sum and keeps it": "합을 구하고 반환하지 않는다",
    "returns a list of sums": "합의 리스트를 반환한다",
    "adds the other rows to the first row of dY itself": "dY 자체의 첫 행에 나머지 행을 더한다",
    "collects the gradients of all calls": "모든 호출의 기울기를 모은다",
    "keeps its first answer for all batches of a shape": "형상이 같은 모든 배치에 첫 답을 그대로 쓴다",
    "uses a variable of the notebook": "노트북의 변수를 쓴다",
    "one mean for all biases": "모든 편향에 하나의 평균을 쓴다",
    "averages over the outputs": "출력에 걸쳐 평균을 낸다",
    "adds over the outputs and keeps the axis": "출력에 걸쳐 더하고 축을 남긴다",
    "averages over the batch and keeps the axis": "배치에 걸쳐 평균을 내고 축을 남긴다",
    "turns dY round instead of adding it up": "더하지 않고 dY를 전치한다",
    "takes a column where rows are to be added": "행을 더해야 할 곳에서 열을 고른다",
    "overwrites dB in the loop": "반복문에서 dB를 덮어쓴다",
    "the loop ends one row too early": "반복문이 한 행 일찍 끝난다",
    "the loop begins at the second row": "반복문이 두 번째 행에서 시작한다",
    "adds every second row, or one half of the batch": "한 행씩 건너뛰며 더하거나 배치의 절반만 더한다",
    "adds two rows, as in the worked example": "예제처럼 두 행만 더한다",
    "starts with the first row and adds it again": "첫 행에서 시작해 그 행을 또 더한다",
    "starts the sum at one": "합을 1에서 시작한다",
    "keeps the smallest gradient of each column": "열마다 가장 작은 기울기만 남긴다",
    "keeps a typical gradient of each column": "열마다 전형적인 기울기 하나만 남긴다",
    "multiplies the gradients of the samples": "샘플들의 기울기를 곱한다",
    "adds the squares, as a loss does": "손실처럼 제곱을 더한다",
    "prepares dB and never fills it": "dB를 준비하고 채우지 않는다",
    "counts every gradient twice": "기울기를 모두 두 번 센다",
    "takes the factor 1/2 of a loss along": "손실의 계수 1/2을 가져온다",
    "divides by the number of all entries": "전체 원소의 수로 나눈다",
    "divides by the root of the batch size": "배치 크기의 제곱근으로 나눈다",
    "divides by N - 1, as a sample variance does": "표본 분산처럼 N - 1로 나눈다",
    "divides the caller's dY by N": "호출한 쪽의 dY를 N으로 나눈다",
    "keeps half of the digits": "정밀도를 절반으로 줄인다",
    "converts to fewer digits on the way": "중간에 정밀도를 낮춘다",
    "returns several things": "여러 가지를 함께 반환한다",
    "returns a name that was never given": "주어진 적 없는 이름을 반환한다",
    "the parameter is called out, the body uses dout": "매개변수는 out인데 본문은 dout을 쓴다",
    "delf for self": "self를 delf로 쓴다",
    "reads the notebook's W instead of the layer's": "계층의 W가 아니라 노트북의 W를 읽는다",
    "the def line lacks self, or the gradient": "def 줄에 self나 기울기가 빠져 있다",
    "reads the input under a name that forward did not give it": (
        "forward가 붙이지 않은 이름으로 입력을 읽는다"
    ),
    "forgets self. in front of dW and db, or stores them under other names": (
        "dW와 db 앞의 self.를 잊거나 다른 이름으로 저장한다"
    ),
    "stores dW nowhere, or under another name": "dW를 저장하지 않거나 다른 이름으로 저장한다",
    "stores db nowhere, or under another name": "db를 저장하지 않거나 다른 이름으로 저장한다",
    "stores dW as db and db as dW": "dW를 db로, db를 dW로 저장한다",
    "returns the gradient of the weights": "가중치의 기울기를 반환한다",
    "thinks that storing is enough": "저장하면 충분하다고 생각한다",
    "returns all three gradients at once": "세 기울기를 한꺼번에 반환한다",
    "returns the gradient of the bias": "편향의 기울기를 반환한다",
    "returns the input instead of its gradient": "입력의 기울기 대신 입력을 반환한다",
    "hands the upstream gradient on as it came": "위에서 온 기울기를 그대로 넘긴다",
    "moves the input by its gradient": "입력을 그 기울기만큼 움직인다",
    "takes the local derivative for the answer": "국소적 미분을 답으로 안다",
    "prepares dx and never fills it": "dx를 준비하고 채우지 않는다",
    "counts every path twice": "경로를 모두 두 번 센다",
    "lets the bias into dx": "dx에 편향을 넣는다",
    "multiplies by the input again": "입력을 또 곱한다",
    "uses the gradient of the weights where the weights belong": "가중치가 올 자리에 가중치의 기울기를 쓴다",
    "computes the gradient of the first sample only": "첫 샘플의 기울기만 구한다",
    "leaves out an output, or keeps the last one only": "출력 하나를 빠뜨리거나 마지막 출력만 남긴다",
    "multiplies entry by entry and adds nothing up": "원소별로 곱하고 더하지 않는다",
    "adds along the inputs instead of the outputs": "출력이 아니라 입력에 걸쳐 더한다",
    "averages dx over the batch": "dx를 배치에 걸쳐 평균 낸다",
    "keeps positive gradients only, as a ReLU does": "ReLU처럼 양의 기울기만 남긴다",
    "uses x where dout belongs": "dout이 올 자리에 x를 쓴다",
    "multiplies by W instead of its transpose": "전치하지 않은 W를 곱한다",
    "uses reshape for the transpose of W": "W의 전치에 reshape을 쓴다",
    "multiplies in the wrong order": "곱하는 순서가 바뀌었다",
    "sums dx over the batch as well": "dx도 배치에 걸쳐 더한다",
    "puts all samples into one row": "모든 샘플을 한 행에 넣는다",
    "removes axes of length one from dx": "dx에서 크기 1인 축을 없앤다",
    "stops at the local derivative": "국소적 미분에서 멈춘다",
    "backward undoes forward": "backward가 forward를 되돌린다고 생각한다",
    "backward undoes forward, with an inverse": "backward가 역행렬로 forward를 되돌린다고 생각한다",
    "divides dx by N": "dx를 N으로 나눈다",
    "converts to fewer digits on the way to dx": "dx를 구하는 중간에 정밀도를 낮춘다",
    "multiplies by x instead of its transpose": "전치하지 않은 x를 곱한다",
    "uses reshape for the transpose of x": "x의 전치에 reshape을 쓴다",
    "uses the first sample only": "첫 샘플만 쓴다",
    "overwrites dW in a loop over the samples": "샘플에 대한 반복문에서 dW를 덮어쓴다",
    "the loop over the samples ends too early": "샘플에 대한 반복문이 너무 일찍 끝난다",
    "adds up the batch before multiplying": "곱하기 전에 배치를 더한다",
    "keeps the gradients of the samples side by side": "샘플들의 기울기를 더하지 않고 나란히 둔다",
    "subtracts the mean of the batch from x": "x에서 배치의 평균을 뺀다",
    "squares x or dout on the way": "중간에 x나 dout을 제곱한다",
    "prepares dW and never fills it": "dW를 준비하고 채우지 않는다",
    "divides by the number of inputs": "입력의 수로 나눈다",
    "keeps whole numbers only": "정수만 남긴다",
    "converts to fewer digits on the way to dW": "dW를 구하는 중간에 정밀도를 낮춘다",
    "multiplies by the weights again": "가중치를 또 곱한다",
    "uses the output where the input belongs, or the other way round": (
        "입력이 올 자리에 출력을 쓰거나 그 반대로 쓴다"
    ),
    "hands dout on as the gradient of W": "dout을 W의 기울기로 그대로 넘긴다",
    "uses the weights where the input belongs": "입력이 올 자리에 가중치를 쓴다",
    "uses dx where x belongs": "x가 올 자리에 dx를 쓴다",
    "stores the weights after a step instead of their gradient": (
        "기울기 대신 한 걸음 갱신한 가중치를 저장한다"
    ),
    "limits the gradient to a range, as against exploding gradients": (
        "기울기 폭발을 막듯이 기울기를 어떤 범위로 자른다"
    ),
    "makes the gradient one unit long": "기울기의 길이를 1로 만든다",
    "mixes in weight decay from another lesson": "다른 수업의 가중치 감소를 섞는다",
    "lets the bias into dW": "dW에 편향을 넣는다",
    "uses the rule of the scalar multiply node": "스칼라 곱셈 노드의 규칙을 쓴다",
    "uses the rule of the scalar multiply node for dx": "dx에 스칼라 곱셈 노드의 규칙을 쓴다",
    "uses the rule of the scalar multiply node for dW": "dW에 스칼라 곱셈 노드의 규칙을 쓴다",
    "multiplies every number of the batch with every other": "배치의 모든 수를 서로 곱한다",
    "forgets the axis": "axis를 잊는다",
    "keeps the rule for one sample": "샘플 하나일 때의 규칙을 그대로 쓴다",
    "overwrites db in a loop over the samples": "샘플에 대한 반복문에서 db를 덮어쓴다",
    "prepares db and never fills it": "db를 준비하고 채우지 않는다",
    "counts every sample twice": "샘플을 모두 두 번 센다",
    "adds the bias to its gradient": "편향을 자기 기울기에 더한다",
    "stores the bias after a step instead of its gradient": "기울기 대신 한 걸음 갱신한 편향을 저장한다",
    "adds the squares": "제곱을 더한다",
    "stores a list": "리스트를 저장한다",
    "sums x instead of dout": "dout 대신 x를 더한다",
    "uses the rule of the multiply node": "곱셈 노드의 규칙을 쓴다",
    "adds into an array of integers": "정수 배열에 더한다",
    "converts to fewer digits on the way to db": "db를 구하는 중간에 정밀도를 낮춘다",
    "a minus sign where the equals sign belongs": "등호 자리에 마이너스를 쓴다",
    "derives db from dW": "db를 dW에서 구한다",
    "derives db from dx": "db를 dx에서 구한다",
    "averages dW and db over the batch": "dW와 db를 배치에 걸쳐 평균 낸다",
    "averages all three gradients over the batch": "세 기울기를 모두 배치에 걸쳐 평균 낸다",
    "takes the factor 1/2 of a loss along in dW and db": "dW와 db에 손실의 계수 1/2을 가져온다",
    "takes the factor 1/2 of a loss along in db": "db에 손실의 계수 1/2을 가져온다",
    "puts the minus of the update into both gradients": "두 기울기에 갱신의 마이너스를 넣는다",
    "puts a minus into all gradients": "모든 기울기에 마이너스를 넣는다",
    "stops at the local derivatives everywhere": "모든 곳에서 국소적 미분에 멈춘다",
    "lets only those outputs pass back that are positive": "양의 출력만 거슬러 보낸다",
    "converts dout to fewer digits": "dout의 정밀도를 낮춘다",
    "divides the caller's dout by N": "호출한 쪽의 dout을 N으로 나눈다",
    "uses dout as scratch space after the last use": "다 쓴 dout을 임시 저장 공간으로 쓴다",
    "writes into the input that forward has stored": "forward가 저장한 입력에 쓴다",
    "applies the update inside backward, before dx is computed": "dx를 구하기 전에 backward 안에서 갱신한다",
    "applies the update inside backward, after dx is computed": "dx를 구한 뒤에 backward 안에서 갱신한다",
    "applies the update of b inside backward": "backward 안에서 b를 갱신한다",
    "applies the update inside backward to a new W": "backward 안에서 새 W로 갱신한다",
    "dW and db add up over calls, as in PyTorch": "PyTorch처럼 dW와 db가 호출마다 쌓인다",
    "adds to gradients that have no value yet": "아직 값이 없는 기울기에 더한다",
    "computes the gradients only the first time": "처음 한 번만 기울기를 구한다",
    "gradients add up over calls, as in PyTorch": "PyTorch처럼 기울기가 호출마다 쌓인다",
    "db adds up over calls": "db가 호출마다 쌓인다",
    "remembers only the first x": "첫 x만 기억한다",
    "remembers the size of the first batch": "첫 배치의 크기를 기억한다",
    "throws x away after its first use": "x를 한 번 쓰고 버린다",
    "copies W and b, so that updates do not reach the layer": "W와 b를 복사해서 갱신이 계층에 닿지 않는다",
    "stores the gradients on the class": "기울기를 클래스에 저장한다",
    "stores x on the class": "x를 클래스에 저장한다",
    "forward no longer stores x": "forward가 더 이상 x를 저장하지 않는다",
    "forward stores its output in the place of x": "forward가 x 자리에 출력을 저장한다",
    "stores the transpose of x or W in the place of the array": "x나 W의 자리에 그 전치를 저장한다",
    "forward was changed and leaves out the bias": "forward가 바뀌어 편향이 빠졌다",
    "the parameter was repaired, the misspelt self was not": "매개변수는 고쳤지만 잘못 쓴 self는 그대로이다",
    "the parameter self was renamed to fit the typing error": "오타에 맞추어 매개변수 self의 이름을 바꾸었다",
    "the line with the misspelt name was taken out, or stores a local variable": (
        "이름을 잘못 쓴 줄을 지우거나 지역 변수에 저장한다"
    ),
    "both transposes were lost while repairing": "고치면서 두 전치를 모두 잃었다",
    "the fault is hidden by an array called dout in the notebook": (
        "노트북에 있는 dout이라는 배열 때문에 잘못이 드러나지 않는다"
    ),
    "adds the gradient, or subtracts a velocity that already carries the minus": (
        "기울기를 더하거나, 이미 마이너스가 든 속도를 뺀다"
    ),
    "leaves the learning rate out": "학습률을 빠뜨린다",
    "uses lr for the friction and momentum for the gradient": "lr을 마찰에, momentum을 기울기에 쓴다",
    "turns the velocity round at every update": "갱신마다 속도의 방향을 뒤집는다",
    "adds 1 + momentum, or 1 - momentum, times the velocity": (
        "속도에 1 + momentum이나 1 - momentum을 곱해 더한다"
    ),
    "adds the velocity twice": "속도를 두 번 더한다",
    "applies the friction twice, or divides by it": "마찰을 두 번 적용하거나 마찰로 나눈다",
    "multiplies the parameter by momentum instead of the velocity": (
        "속도가 아니라 매개변수에 momentum을 곱한다"
    ),
    "squares the gradient, as other optimizers do": "다른 옵티마이저처럼 기울기를 제곱한다",
    "uses the direction of the gradient only": "기울기의 방향만 쓴다",
    "makes the gradient one unit long, or limits it": "기울기의 길이를 1로 만들거나 제한한다",
    "averages or adds the gradient of an array": "배열의 기울기를 평균 내거나 더한다",
    "divides the gradient by its number of elements or rows": "기울기를 원소나 행의 수로 나눈다",
    "lets the parameters shrink, as in another lesson": "다른 수업처럼 매개변수를 줄어들게 한다",
    "starts the velocity at one, or at the parameters": "속도를 1이나 매개변수에서 시작한다",
    "types one of the two numbers of the example into the formula": (
        "예제의 두 수 중 하나를 식에 그대로 써 넣는다"
    ),
    "types the learning rate of the example into the formula": "예제의 학습률을 식에 그대로 써 넣는다",
    "weights the gradient with 1 - momentum, as other courses do": (
        "다른 강의처럼 기울기에 1 - momentum을 곱한다"
    ),
    "weights the gradient with 1 - momentum from the second update on": (
        "두 번째 갱신부터 기울기에 1 - momentum을 곱한다"
    ),
    "multiplies the velocity by lr again": "속도에 lr을 또 곱한다",
    "multiplies the velocity by lr, too": "속도에도 lr을 곱한다",
    "types the numbers of the example into the formula": "예제의 수들을 식에 그대로 써 넣는다",
    "Nesterov's formula": "Nesterov의 식을 쓴다",
    "takes an average of gradients and corrects its start, as Adam does": (
        "Adam처럼 기울기의 평균을 쓰고 그 시작을 보정한다"
    ),
    "writes AdaGrad or RMSProp": "AdaGrad나 RMSProp을 쓴다",
    "moves before the velocity is brought up to date": "속도를 새로 구하기 전에 움직인다",
    "multiplies the new gradient by momentum as well": "새 기울기에도 momentum을 곱한다",
    "takes a momentum step and a plain step": "모멘텀 걸음과 보통 걸음을 함께 간다",
    "goes through the whole update twice": "갱신 전체를 두 번 한다",
    "uses the parameter where the gradient belongs": "기울기가 올 자리에 매개변수를 쓴다",
    "changes the given default of lr": "주어진 lr의 기본값을 바꾼다",
    "changes the given default of momentum": "주어진 momentum의 기본값을 바꾼다",
    "assigns the velocity to the parameter": "속도를 매개변수에 대입한다",
    "makes new velocities at every update": "갱신마다 속도를 새로 만든다",
    "uses the latest gradient and the one before": "마지막 기울기와 그 앞의 것만 쓴다",
    "takes the mean of the newest gradient and the one before": "마지막 기울기와 그 앞의 것의 평균을 쓴다",
    "begins anew after some updates, or keeps a few gradients only": (
        "몇 번 갱신하면 처음부터 다시 시작하거나 기울기를 몇 개만 남긴다"
    ),
    "starts the velocity at the first gradient": "속도를 첫 기울기에서 시작한다",
    "leaves out the factor momentum": "momentum을 곱하지 않는다",
    "lowers momentum at every update": "갱신마다 momentum을 낮춘다",
    "lowers lr at every update": "갱신마다 lr을 낮춘다",
    "limits the velocity": "속도를 제한한다",
    "does not move where the gradient is zero": "기울기가 0인 곳에서 움직이지 않는다",
    "keeps one velocity for all keys": "모든 키에 속도 하나를 쓴다",
    "gives all keys of a shape the same array of zeros": "형상이 같은 모든 키에 같은 0 배열을 준다",
    "the update stands outside of the loop": "갱신이 반복문 밖에 있다",
    "leaves the loop after the first key": "첫 키 뒤에 반복문을 떠난다",
    "returns after making the velocities": "속도를 만들고 나서 바로 돌아간다",
    "updates only where the velocities are made": "속도를 만드는 때에만 갱신한다",
    "changes a local name or a new dict, and leaves the caller's parameters": (
        "지역 변수나 새 dict를 바꾸어 호출한 쪽의 매개변수는 그대로이다"
    ),
    "applies the step to the gradients": "걸음을 기울기에 적용한다",
    "puts a new array into the dict": "dict에 새 배열을 넣는다",
    "writes into the caller's gradients: scales them, keeps the velocity in them, or empties them": (
        "호출한 쪽의 기울기에 쓴다: 수를 곱하거나, 속도를 담거나, 0으로 만든다"
    ),
    "keeps the velocities on the class, in a global variable or in a default argument": (
        "속도를 클래스, 전역 변수, 기본 인수에 둔다"
    ),
    "keeps lr and momentum on the class": "lr과 momentum을 클래스에 둔다",
    "types the names of one network's parameters into the loop": (
        "한 신경망의 매개변수 이름을 반복문에 써 넣는다"
    ),
    "calls a method that dicts do not have": "dict에 없는 메서드를 부른다",
    "takes keys and values from a dict that gives keys only": "키만 주는 dict에서 키와 값을 꺼낸다",
    "calculates with the dicts instead of their arrays": "dict 안의 배열이 아니라 dict로 계산한다",
    "uses lr, momentum or v without self": "lr, momentum, v를 self 없이 쓴다",
    "a typing error in self": "self에 오타가 있다",
    "the def line and the body call the dicts by different names": (
        "def 줄과 본문이 dict를 다른 이름으로 부른다"
    ),
    "the def line lacks self, or one of the dicts": "def 줄에 self나 dict 하나가 빠져 있다",
    "fills v before it is a dict": "dict가 되기 전의 v를 채운다",
    "makes an empty dict and expects velocities in it": "빈 dict를 만들고 그 안에 속도가 있다고 생각한다",
    "stores the hyperparameter under one name and reads another": (
        "하이퍼파라미터를 한 이름으로 저장하고 다른 이름으로 읽는다"
    ),
    "reads lr under a name that __init__ did not give it": "__init__이 붙이지 않은 이름으로 lr을 읽는다",
    "collects g instead of g squared": "g의 제곱이 아니라 g를 모은다",
    "divides by h instead of its root": "h의 제곱근이 아니라 h로 나눈다",
    "adds the step": "걸음을 더한다",
    "multiplies by lr twice": "lr을 두 번 곱한다",
    "lets lr divide the step": "lr로 걸음을 나눈다",
    "takes every step twice": "모든 걸음을 두 번 간다",
    "takes a plain gradient step": "보통의 기울기 걸음을 간다",
    "takes a plain gradient step as well": "보통의 기울기 걸음도 간다",
    "multiplies by the root instead of dividing": "나누지 않고 제곱근을 곱한다",
    "leaves the gradient out of the numerator, or takes its size only": (
        "분자에서 기울기를 빠뜨리거나 그 크기만 쓴다"
    ),
    "puts the square of the gradient into the step": "걸음에 기울기의 제곱을 넣는다",
    "collects another power of the gradient": "기울기의 다른 거듭제곱을 모은다",
    "takes another root, or the logarithm": "다른 거듭제곱근이나 로그를 쓴다",
    "collects the squares with a factor in front": "제곱에 어떤 수를 곱해 모은다",
    "limits the gradient before it is squared": "제곱하기 전에 기울기를 제한한다",
    "averages the squares over the updates": "갱신에 걸쳐 제곱을 평균 낸다",
    "squares the sum of the gradients": "기울기의 합을 제곱한다",
    "mixes in a velocity from Momentum": "Momentum의 속도를 섞는다",
    "writes Adam": "Adam을 쓴다",
    "moves before h is brought up to date": "h를 새로 구하기 전에 움직인다",
    "types lr of the example into the formula": "예제의 lr을 식에 그대로 써 넣는다",
    "collects (lr g) squared": "(lr g)의 제곱을 모은다",
    "collects the size of g": "g의 크기를 모은다",
    "moves by h instead of by g": "g가 아니라 h만큼 움직인다",
    "collects the squares of the parameters": "매개변수의 제곱을 모은다",
    "starts h at the first square and adds it again": "h를 첫 제곱에서 시작해 그것을 또 더한다",
    "starts h at one to be safe": "안전하게 하려고 h를 1에서 시작한다",
    "np.dot for g times g": "g 곱하기 g에 np.dot을 쓴다",
    "collects one number per array": "배열마다 수 하나만 모은다",
    "RMSProp: old squares fade": "RMSProp: 오래된 제곱이 사라진다",
    "adds the small number under the root, or to h itself": "작은 수를 제곱근 안이나 h 자체에 더한다",
    "leaves the small number out": "작은 수를 빠뜨린다",
    "uses the small number only where the root is zero, or smaller": (
        "제곱근이 0이거나 더 작은 곳에만 작은 수를 쓴다"
    ),
    "adds the small number to the gradient": "작은 수를 기울기에 더한다",
    "no brackets around the denominator": "분모에 괄호가 없다",
    "uses 1e-8, as other optimizers do": "다른 옵티마이저처럼 1e-8을 쓴다",
    "uses a larger number in the denominator, as other libraries do": (
        "다른 라이브러리처럼 분모에 더 큰 수를 쓴다"
    ),
    "uses a number in the denominator that is not small": "분모에 작지 않은 수를 쓴다",
    "subtracts the small number": "작은 수를 뺀다",
    "takes the gradient's direction by dividing it by its size": "기울기를 그 크기로 나누어 방향만 쓴다",
    "h is the latest square only: it is overwritten, or made anew at every update": (
        "h가 마지막 제곱뿐이다: 덮어쓰거나 갱신마다 새로 만든다"
    ),
    "collects into a local name": "지역 변수에 모은다",
    "puts the root back into h": "제곱근을 h에 다시 넣는다",
    "collects for some updates only, or keeps a few squares": (
        "몇 번의 갱신에서만 모으거나 제곱을 몇 개만 남긴다"
    ),
    "keeps the largest square instead of the sum": "합이 아니라 가장 큰 제곱을 남긴다",
    "lets h fade as a velocity does": "h를 속도처럼 사라지게 한다",
    "keeps one h for all keys": "모든 키에 h 하나를 쓴다",
    "gives all keys of a shape the same array": "형상이 같은 모든 키에 같은 배열을 준다",
    "overwrites self.lr, because AdaGrad lowers the rate": "AdaGrad는 학습률을 낮추므로 self.lr을 덮어쓴다",
    "assigns the step to the parameter": "걸음을 매개변수에 대입한다",
    "returns after making h": "h를 만들고 나서 바로 돌아간다",
    "updates only where h is made": "h를 만드는 때에만 갱신한다",
    "leaves out a whole array because of a zero in it": "0이 하나 있다고 배열 전체를 건너뛴다",
    "squares the gradients in the caller's dict, and loses their sign": (
        "호출한 쪽의 dict에서 기울기를 제곱해 부호를 잃는다"
    ),
    "writes into the caller's gradients, often through a second name": (
        "호출한 쪽의 기울기에 쓴다. 흔히 다른 이름을 통해서이다"
    ),
    "keeps h on the class, in a global variable or in a default argument": (
        "h를 클래스, 전역 변수, 기본 인수에 둔다"
    ),
    "keeps lr on the class": "lr을 클래스에 둔다",
    "fills h before it is a dict": "dict가 되기 전의 h를 채운다",
    "makes an empty dict and expects entries in it": "빈 dict를 만들고 그 안에 항목이 있다고 생각한다",
    "uses lr or h without self": "lr이나 h를 self 없이 쓴다",
    "calls sqrt without saying whose": "어디의 sqrt인지 쓰지 않는다",
    "takes the root of a whole array with math.sqrt": "배열 전체의 제곱근을 math.sqrt로 구한다",
}
"""What students seem to believe, for whoever teaches them."""
